# The containers that ECS runs, decoded from the container definitions.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "every_container" {
  command = plan

  assert {
    condition = { for container in concat(jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions), jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)) : container.name => [container.image, container.user] } == {
      redis    = ["123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome-producer@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "999:999"]
      producer = ["123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome-producer@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "10001"]
      consumer = ["123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome-consumer@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "10001"]
    }
    error_message = "The two tasks must have these three containers, with images by digest and users other than root."
  }

  assert {
    condition = alltrue([
      for container in concat(jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions), jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)) : alltrue([
        container.readonlyRootFilesystem,
        container.stopTimeout == 120,
        container.essential,
        container.logConfiguration.logDriver == "awslogs",
        container.logConfiguration.options.mode == "non-blocking",
        container.logConfiguration.options["awslogs-region"] == "eu-central-1",
        container.logConfiguration.options["awslogs-stream-prefix"] == container.name,
        container.logConfiguration.options["awslogs-group"] == (container.name == "consumer" ? "/ecs/rehome/s3Mig_consumer_service" : "/ecs/rehome/s3Mig_producer_service"),
        !can(container.entryPoint),
        !can(container.command),
        !can(container.privileged),
      ])
    ])
    error_message = "Each container must have a read-only root, 120 seconds to stop, its own log and the image's entry point, and be essential."
  }

  assert {
    condition = alltrue([
      for task in [aws_ecs_task_definition.s3Mig_producer_service, aws_ecs_task_definition.s3Mig_consumer_service] : alltrue([
        task.requires_compatibilities == toset(["FARGATE"]),
        task.network_mode == "awsvpc",
        task.runtime_platform[0].cpu_architecture == "X86_64",
        task.runtime_platform[0].operating_system_family == "LINUX",
        task.execution_role_arn == "arn:aws:iam::123456789012:role/rehome-execution",
      ])
    ])
    error_message = "Both tasks must run on Fargate with the execution role."
  }

  assert {
    condition     = aws_ecs_task_definition.s3Mig_producer_service.task_role_arn == "arn:aws:iam::123456789012:role/rehome-producer" && aws_ecs_task_definition.s3Mig_consumer_service.task_role_arn == "arn:aws:iam::123456789012:role/rehome-consumer"
    error_message = "Each program must have its own role."
  }

  assert {
    condition     = aws_ecs_task_definition.s3Mig_producer_service.cpu == "1024" && aws_ecs_task_definition.s3Mig_producer_service.memory == "3072" && aws_ecs_task_definition.s3Mig_consumer_service.cpu == "1024" && aws_ecs_task_definition.s3Mig_consumer_service.memory == "2048"
    error_message = "The sizes must be the defaults."
  }
}

run "passwords" {
  command = plan

  assert {
    condition = { for container in concat(jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions), jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)) : container.name => { for secret in container.secrets : secret.name => secret.valueFrom } } == {
      redis = {
        REDIS_PASSWORD = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-redis-AbCdEf"
      }
      producer = {
        DB_PASSWORD    = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-db-AbCdEf:password::"
        REDIS_PASSWORD = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-redis-AbCdEf"
      }
      consumer = {
        DB_PASSWORD    = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-db-AbCdEf:password::"
        REDIS_PASSWORD = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-redis-AbCdEf"
      }
    }
    error_message = "Passwords must come from Secrets Manager, and Redis must get only its own."
  }

  assert {
    condition = alltrue([
      for container in concat(jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions), jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)) :
      length([for variable in container.environment : variable if strcontains(variable.name, "PASSWORD")]) == 0
    ])
    error_message = "No password may be in the plain environment."
  }

  assert {
    condition     = !strcontains(join("", [aws_ecs_task_definition.s3Mig_producer_service.container_definitions, aws_ecs_task_definition.s3Mig_consumer_service.container_definitions]), "plain-text-of-the-test")
    error_message = "A container definition must not contain the password itself."
  }
}

run "environment_of_the_producer" {
  command = plan

  assert {
    condition = { for variable in jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].environment : variable.name => variable.value } == {
      AWS_REGION                  = "eu-central-1"
      CLUSTER_NAME                = "rehome"
      CONSUMER_SERVICE_NAME       = "s3Mig_consumer_service"
      DATABASE_HOST               = "db.example.internal"
      DATABASE_NAME               = "shop"
      DATABASE_PORT               = "3306"
      DATABASE_TABLE_TO_UPDATE    = "pictures"
      DATABASE_TLS                = "verify-full"
      DB_USER                     = "rehome"
      HTTP_PORT                   = "8080"
      KEY_LAYOUT                  = "prefix"
      LEGACY_S3_OBJECT_PREFIX     = "image/"
      LOG_FORMAT                  = "json"
      PRODUCER_SERVICE_NAME       = "s3Mig_producer_service"
      REDIS_HOST                  = "127.0.0.1"
      REDIS_PORT                  = "6379"
      REDIS_TLS                   = "false"
      REDIS_USER                  = "default"
      SOURCE_S3_BUCKET            = "legacy-images"
      STOP_TIMEOUT_SECONDS        = "110"
      TABLE_COLUMN_NAME_TO_UPDATE = "path"
      TARGET_OBJECT_PREFIX        = "avatar/"
      TARGET_S3_BUCKET            = "modern-images"
      TEMP_TABLE_FOR_UPDATE       = "rehome_mapping"
    }
    error_message = "The producer's environment must be exactly this."
  }
}

run "environment_of_the_consumer" {
  command = plan

  assert {
    condition = { for variable in jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0].environment : variable.name => variable.value } == {
      AWS_REGION                  = "eu-central-1"
      CLUSTER_NAME                = "rehome"
      CONSUMER_SERVICE_NAME       = "s3Mig_consumer_service"
      DATABASE_HOST               = "db.example.internal"
      DATABASE_NAME               = "shop"
      DATABASE_PORT               = "3306"
      DATABASE_TABLE_TO_UPDATE    = "pictures"
      DATABASE_TLS                = "verify-full"
      DB_USER                     = "rehome"
      HTTP_PORT                   = "8080"
      KEY_LAYOUT                  = "prefix"
      LEGACY_S3_OBJECT_PREFIX     = "image/"
      LOG_FORMAT                  = "json"
      PRODUCER_SERVICE_NAME       = "s3Mig_producer_service"
      REDIS_HOST                  = "redis.rehome.internal"
      REDIS_PORT                  = "6379"
      REDIS_TLS                   = "false"
      REDIS_USER                  = "default"
      SOURCE_S3_BUCKET            = "legacy-images"
      STOP_TIMEOUT_SECONDS        = "110"
      TABLE_COLUMN_NAME_TO_UPDATE = "path"
      TARGET_OBJECT_PREFIX        = "avatar/"
      TARGET_S3_BUCKET            = "modern-images"
      TEMP_TABLE_FOR_UPDATE       = "rehome_mapping"
    }
    error_message = "A consumer's environment must be exactly this."
  }
}

run "manifest" {
  command = plan

  variables {
    MANIFEST = "s3://lists/part-1.csv"
  }

  assert {
    condition     = [for variable in jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].environment : variable.value if variable.name == "MANIFEST"] == ["s3://lists/part-1.csv"]
    error_message = "The producer must get MANIFEST."
  }

  assert {
    condition     = [for variable in jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0].environment : variable.value if variable.name == "MANIFEST"] == []
    error_message = "The consumers must not get MANIFEST: each batch contains its part of it."
  }
}

run "optional_environment" {
  command = plan

  variables {
    DB_PASSWORD          = null
    DB_SECRET_ARN        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
    DATABASE_TLS_CA      = "/etc/ssl/rds.pem"
    BATCH_SIZE           = 500
    COPY_CONCURRENCY     = 64
    KEY_LAYOUT           = "flatten"
    STOP_TIMEOUT_SECONDS = 60
    EXTRA_SETTINGS       = { ON_UPDATE_TIMESTAMPS = "keep", VERIFY_COPIES = "head" }

    THROTTLE_REPLICAS       = ["replica-1.example.com", "replica-2.example.com:3307", "[fd00::1]:3306"]
    MAX_REPLICA_LAG_SECONDS = 2.5
    MAX_LOCK_WAITS          = 0
  }

  assert {
    condition = { for variable in jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].environment : variable.name => variable.value if contains(["THROTTLE_REPLICAS", "MAX_REPLICA_LAG_SECONDS", "MAX_LOCK_WAITS"], variable.name) } == {
      THROTTLE_REPLICAS       = "replica-1.example.com,replica-2.example.com:3307,[fd00::1]:3306"
      MAX_REPLICA_LAG_SECONDS = "2.5"
      MAX_LOCK_WAITS          = "0"
    }
    error_message = "The producer must get the replicas and the limits of the throttle."
  }

  assert {
    condition     = [for variable in jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0].environment : variable.name if contains(["THROTTLE_REPLICAS", "MAX_REPLICA_LAG_SECONDS", "MAX_LOCK_WAITS"], variable.name)] == []
    error_message = "Only the producer reads the replicas' lag; the consumers must not get these settings."
  }

  assert {
    condition = alltrue([
      for container in [jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1], jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0]] :
      { for variable in container.environment : variable.name => variable.value if contains(["ON_UPDATE_TIMESTAMPS", "VERIFY_COPIES"], variable.name) } == { ON_UPDATE_TIMESTAMPS = "keep", VERIFY_COPIES = "head" }
    ])
    error_message = "Both programs must get EXTRA_SETTINGS."
  }

  assert {
    condition = { for variable in jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].environment : variable.name => variable.value if contains(["DB_SECRET_ARN", "DATABASE_TLS_CA", "BATCH_SIZE", "COPY_CONCURRENCY", "KEY_LAYOUT", "STOP_TIMEOUT_SECONDS"], variable.name) } == {
      DB_SECRET_ARN        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
      DATABASE_TLS_CA      = "/etc/ssl/rds.pem"
      BATCH_SIZE           = "500"
      KEY_LAYOUT           = "flatten"
      STOP_TIMEOUT_SECONDS = "60"
    }
    error_message = "The producer must get each setting except COPY_CONCURRENCY."
  }

  assert {
    condition = { for variable in jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0].environment : variable.name => variable.value if contains(["DB_SECRET_ARN", "DATABASE_TLS_CA", "BATCH_SIZE", "COPY_CONCURRENCY", "KEY_LAYOUT", "STOP_TIMEOUT_SECONDS"], variable.name) } == {
      DB_SECRET_ARN        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
      DATABASE_TLS_CA      = "/etc/ssl/rds.pem"
      COPY_CONCURRENCY     = "64"
      KEY_LAYOUT           = "flatten"
      STOP_TIMEOUT_SECONDS = "60"
    }
    error_message = "A consumer must get each setting except BATCH_SIZE."
  }

  assert {
    condition = alltrue([
      for container in [jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1], jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0]] :
      [for secret in container.secrets : secret.valueFrom if secret.name == "DB_PASSWORD"] == ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8:password::"]
    ])
    error_message = "The password must come from the existing secret's key \"password\"."
  }
}

run "redis" {
  command = plan

  variables {
    REDIS_MEMORY = 1536
  }

  assert {
    condition = { for variable in jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].environment : variable.name => variable.value } == {
      REDIS_PORT      = "6379"
      REDIS_MAXMEMORY = "768mb"
    }
    error_message = "Redis' data must use at most half of its container's memory: rewriting the append-only file needs the other half."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].memory == 1536
    error_message = "Redis' container must have a memory limit, so that Redis can't take the producer's memory."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].mountPoints == [{ sourceVolume = "redis-data", containerPath = "/data", readOnly = false }]
    error_message = "Redis must keep its data on the file system."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].portMappings == [{ containerPort = 6379, hostPort = 6379, protocol = "tcp" }]
    error_message = "Redis must be reachable on its port."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].portMappings == [] && !can(jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0].portMappings)
    error_message = "The health endpoint must be reachable only inside its container: no port is mapped."
  }

  assert {
    condition = alltrue([
      for volume in aws_ecs_task_definition.s3Mig_producer_service.volume : alltrue([
        volume.efs_volume_configuration[0].file_system_id == "fs-0abc",
        volume.efs_volume_configuration[0].transit_encryption == "ENABLED",
        volume.efs_volume_configuration[0].authorization_config[0].access_point_id == "fsap-0abc",
        volume.efs_volume_configuration[0].authorization_config[0].iam == "ENABLED",
      ]) if volume.name == "redis-data"
    ])
    error_message = "The file system must be mounted by its access point, with TLS and IAM."
  }

  assert {
    condition     = toset([for volume in aws_ecs_task_definition.s3Mig_producer_service.volume : volume.name]) == toset(["tmp", "redis-data"]) && [for volume in aws_ecs_task_definition.s3Mig_consumer_service.volume : volume.name] == ["tmp"]
    error_message = "Only the producer's task may mount the Redis data."
  }
}

run "dashboard_and_webhook" {
  command = plan

  variables {
    HTTP_BIND             = "0.0.0.0"
    HTTP_TOKEN_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dashboard-Aa1Bb2"
    WEBHOOK_SECRET_ARN    = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
    WEBHOOK_URL           = "https://hooks.example.com/rehome"
  }

  assert {
    condition = { for variable in jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].environment : variable.name => variable.value if contains(["HTTP_BIND", "HTTP_TOKEN", "WEBHOOK_SECRET", "WEBHOOK_URL"], variable.name) } == {
      HTTP_BIND   = "0.0.0.0"
      WEBHOOK_URL = "https://hooks.example.com/rehome"
    }
    error_message = "The producer must get the address of the dashboard and of the webhook, but no secret in its plain environment."
  }

  assert {
    condition = { for secret in jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].secrets : secret.name => secret.valueFrom if contains(["HTTP_TOKEN", "WEBHOOK_SECRET"], secret.name) } == {
      HTTP_TOKEN     = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dashboard-Aa1Bb2"
      WEBHOOK_SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
    }
    error_message = "Token and signing key must come from Secrets Manager."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].portMappings == [{ containerPort = 8080, hostPort = 8080, protocol = "tcp" }]
    error_message = "With HTTP_BIND = 0.0.0.0 the dashboard's port must be reachable."
  }

  assert {
    condition = (
      [for variable in jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0].environment : variable.name if contains(["HTTP_BIND", "WEBHOOK_URL"], variable.name)] == []
      && [for secret in jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0].secrets : secret.name] == ["DB_PASSWORD", "REDIS_PASSWORD"]
    )
    error_message = "The consumers serve no dashboard and send no messages."
  }
}

run "health_and_order" {
  command = plan

  assert {
    condition     = jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].dependsOn == [{ containerName = "redis", condition = "HEALTHY" }] && !can(jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].dependsOn)
    error_message = "Redis must be healthy before the producer starts; ECS then stops it after the producer."
  }

  assert {
    condition = { for container in concat(jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions), jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)) : container.name => container.healthCheck.command if container.name != "redis" } == {
      producer = ["CMD", "java", "-jar", "/app/producer.jar", "health"]
      consumer = ["CMD", "java", "-jar", "/app/consumer.jar", "health"]
    }
    error_message = "The health check must run the program itself, without a shell."
  }

  assert {
    condition = alltrue([
      jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].healthCheck.command[0] == "CMD-SHELL",
      strcontains(jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].healthCheck.command[1], "PONG"),
      jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].healthCheck.interval * jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].healthCheck.retries >= 30,
      jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].healthCheck.startPeriod >= 60,
    ])
    error_message = "Redis' health check must be a PING that may fail for half a minute."
  }

  assert {
    condition     = [for container in [jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1], jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0]] : container.mountPoints] == [[{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }], [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]]
    error_message = "With a read-only root, Java needs a writable /tmp."
  }
}

run "another_password_is_another_revision" {
  command = plan

  variables {
    DB_PASSWORD_VERSION    = 3
    REDIS_PASSWORD_VERSION = 2
  }

  assert {
    condition = alltrue([
      for container in concat(jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions), jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)) :
      container.dockerLabels == { "rehome.password-versions" = "db-3.redis-2" }
    ])
    error_message = "Tasks read passwords at their start, so a new version must make a new task definition."
  }

  assert {
    condition     = aws_secretsmanager_secret_version.db[0].secret_string_wo_version == 3 && aws_secretsmanager_secret_version.redis.secret_string_wo_version == 2
    error_message = "A raised version must write the secret again."
  }
}

run "redis_image_of_the_user" {
  command = plan

  variables {
    REDIS_IMAGE      = "public.ecr.aws/example/rehome-redis:1.0"
    CPU_ARCHITECTURE = "ARM64"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[0].image == "public.ecr.aws/example/rehome-redis:1.0" && length(data.aws_ecr_image.redis) == 0
    error_message = "REDIS_IMAGE must be used as it is, without a look-up."
  }

  assert {
    condition     = aws_ecs_task_definition.s3Mig_producer_service.runtime_platform[0].cpu_architecture == "ARM64" && aws_ecs_task_definition.s3Mig_consumer_service.runtime_platform[0].cpu_architecture == "ARM64"
    error_message = "Both tasks must have the architecture of the images."
  }
}

run "tags_of_the_images" {
  command = plan

  variables {
    IMAGE_TAG = "1.4.2"
  }

  assert {
    condition     = data.aws_ecr_image.producer.image_tag == "1.4.2" && data.aws_ecr_image.consumer.image_tag == "1.4.2" && data.aws_ecr_image.redis[0].image_tag == "redis-1.4.2"
    error_message = "All three images must follow IMAGE_TAG."
  }
}
