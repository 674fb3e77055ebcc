# The effect of the required settings alone, and of each optional one.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "defaults" {
  command = plan

  assert {
    condition     = aws_ecs_service.s3Mig_producer_service.name == "s3Mig_producer_service" && aws_ecs_service.s3Mig_consumer_service.name == "s3Mig_consumer_service"
    error_message = "The services must have their fixed names."
  }

  assert {
    condition     = aws_ecs_service.s3Mig_producer_service.desired_count == 1 && aws_ecs_service.s3Mig_consumer_service.desired_count == 2
    error_message = "One producer and two consumers are the default."
  }

  assert {
    condition     = aws_ecs_service.s3Mig_producer_service.deployment_minimum_healthy_percent == 0 && aws_ecs_service.s3Mig_producer_service.deployment_maximum_percent == 100
    error_message = "At most one producer task may run: two would run two Redis on one directory."
  }

  assert {
    condition = alltrue([
      for service in [aws_ecs_service.s3Mig_producer_service, aws_ecs_service.s3Mig_consumer_service] : alltrue([
        service.availability_zone_rebalancing == "DISABLED",
        service.deployment_circuit_breaker[0].enable,
        service.deployment_circuit_breaker[0].rollback,
        [for strategy in service.capacity_provider_strategy : strategy.capacity_provider] == ["FARGATE"],
      ])
    ])
    error_message = "Both services need a circuit breaker, no rebalancing, and ordinary Fargate."
  }

  assert {
    condition     = aws_ecs_service.s3Mig_producer_service.wait_for_steady_state
    error_message = "The producer's service must be steady before consumers look up Redis' name."
  }

  assert {
    condition     = one(aws_ecs_service.s3Mig_producer_service.service_registries).registry_arn == aws_service_discovery_service.redis.arn && length(aws_ecs_service.s3Mig_consumer_service.service_registries) == 0
    error_message = "The producer's task, and only it, must be registered as Redis."
  }

  assert {
    condition     = aws_service_discovery_private_dns_namespace.this.name == "rehome.internal" && output.redis_host == "redis.rehome.internal"
    error_message = "Redis' name must be redis.rehome.internal."
  }

  assert {
    condition = alltrue([
      aws_service_discovery_service.redis.force_destroy,
      one(aws_service_discovery_service.redis.health_check_custom_config).failure_threshold == 1,
      one(one(aws_service_discovery_service.redis.dns_config).dns_records).ttl == 10,
      one(one(aws_service_discovery_service.redis.dns_config).dns_records).type == "A",
    ])
    error_message = "Redis' name must have a short TTL, follow the task's health, and not block a destroy."
  }

  assert {
    condition     = aws_cloudwatch_log_group.producer.retention_in_days == 30 && aws_cloudwatch_log_group.consumer.retention_in_days == 30
    error_message = "Logs must expire after 30 days."
  }

  assert {
    condition     = one(aws_ecs_cluster.this[0].setting).value == "enabled"
    error_message = "Container Insights must be on."
  }

  assert {
    condition     = toset(aws_ecs_cluster_capacity_providers.this[0].capacity_providers) == toset(["FARGATE", "FARGATE_SPOT"])
    error_message = "The cluster must offer both kinds of capacity."
  }

  assert {
    condition     = length(aws_vpc_endpoint.s3) == 0 && length(aws_cloudwatch_event_rule.trouble) == 0
    error_message = "The S3 gateway endpoint and the rule that forwards ECS events must be off by default."
  }

  assert {
    condition     = length(aws_secretsmanager_secret.db) == 1 && aws_secretsmanager_secret.db[0].recovery_window_in_days == 0 && aws_secretsmanager_secret.redis.recovery_window_in_days == 0
    error_message = "The names of the secrets must be free again after a destroy."
  }
}

run "file_system" {
  command = plan

  assert {
    condition     = aws_efs_file_system.redis.encrypted && aws_efs_file_system.redis.throughput_mode == "elastic"
    error_message = "The file system must be encrypted, with elastic throughput."
  }

  assert {
    condition = alltrue([
      aws_efs_access_point.redis.posix_user[0].uid == 999,
      aws_efs_access_point.redis.posix_user[0].gid == 999,
      aws_efs_access_point.redis.root_directory[0].path == "/redis",
      aws_efs_access_point.redis.root_directory[0].creation_info[0].owner_uid == 999,
      aws_efs_access_point.redis.root_directory[0].creation_info[0].owner_gid == 999,
      aws_efs_access_point.redis.root_directory[0].creation_info[0].permissions == "0750",
    ])
    error_message = "Only the user of the Redis image may access the directory."
  }

  assert {
    condition     = length(aws_efs_mount_target.redis) == 2
    error_message = "Each zone needs a mount target."
  }
}

run "one_mount_target_for_a_zone_with_two_subnets" {
  command = plan

  override_data {
    target = data.aws_subnet.tasks
    values = {
      availability_zone = "eu-central-1a"
    }
  }

  assert {
    condition     = [for target in aws_efs_mount_target.redis : target.subnet_id] == ["subnet-0a"]
    error_message = "EFS refuses a second mount target in a zone."
  }

  assert {
    condition     = one(aws_ecs_service.s3Mig_producer_service.network_configuration).subnets == toset(["subnet-0a", "subnet-0b"])
    error_message = "Tasks must still use all subnets."
  }
}

run "another_count_scales_and_changes_no_container" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = 37
  }

  assert {
    condition     = aws_ecs_service.s3Mig_consumer_service.desired_count == 37 && aws_ecs_service.s3Mig_producer_service.desired_count == 1
    error_message = "CONSUMER_TASK_COUNT must be the service's desired count."
  }

  assert {
    condition     = !strcontains(aws_ecs_task_definition.s3Mig_producer_service.container_definitions, "CONSUMER_TASK_COUNT") && !strcontains(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions, "CONSUMER_TASK_COUNT")
    error_message = "The count must not be in a container definition: each scaling would restart Redis."
  }
}

run "disabled_keeps_both_at_zero" {
  command = plan

  variables {
    MIGRATION_ENABLED   = false
    CONSUMER_TASK_COUNT = 37
  }

  assert {
    condition     = aws_ecs_service.s3Mig_consumer_service.desired_count == 0 && aws_ecs_service.s3Mig_producer_service.desired_count == 0
    error_message = "MIGRATION_ENABLED = false must keep both services at 0."
  }
}

run "spot_keeps_one_ordinary_consumer" {
  command = plan

  variables {
    CONSUMER_USE_SPOT = true
  }

  assert {
    condition = { for strategy in aws_ecs_service.s3Mig_consumer_service.capacity_provider_strategy : strategy.capacity_provider => [strategy.base, strategy.weight] } == {
      FARGATE      = [1, 0]
      FARGATE_SPOT = [0, 1]
    }
    error_message = "All consumers but one must run on Spot."
  }

  assert {
    condition     = [for strategy in aws_ecs_service.s3Mig_producer_service.capacity_provider_strategy : strategy.capacity_provider] == ["FARGATE"]
    error_message = "The producer must not run on Spot."
  }
}

run "names_follow_the_variables" {
  command = plan

  variables {
    CLUSTER_NAME          = "Photo_Move"
    PRODUCER_SERVICE_NAME = "photo-producer"
    CONSUMER_SERVICE_NAME = "photo-consumer"
    LOG_RETENTION_DAYS    = 7
  }

  assert {
    condition     = aws_ecs_cluster.this[0].name == "Photo_Move" && aws_ecs_service.s3Mig_producer_service.name == "photo-producer" && aws_ecs_service.s3Mig_consumer_service.name == "photo-consumer"
    error_message = "Cluster and services must have the given names."
  }

  assert {
    condition     = output.redis_host == "redis.photo-move.internal"
    error_message = "Redis' name must have no capitals and no underscores."
  }

  assert {
    condition     = aws_cloudwatch_log_group.consumer.name == "/ecs/Photo_Move/photo-consumer" && aws_cloudwatch_log_group.consumer.retention_in_days == 7
    error_message = "Log groups must have the given names and retention."
  }
}

run "own_secret_makes_none" {
  command = plan

  variables {
    DB_PASSWORD   = null
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
  }

  assert {
    condition     = length(aws_secretsmanager_secret.db) == 0 && length(aws_secretsmanager_secret_version.db) == 0
    error_message = "With DB_SECRET_ARN the stack must create no secret for the database."
  }
}

run "optional_parts" {
  command = plan

  variables {
    CREATE_S3_GATEWAY_ENDPOINT = true
    ALARM_TOPIC_ARN            = "arn:aws:sns:eu-central-1:123456789012:alarms"
    KMS_KEY_ARN                = "arn:aws:kms:eu-central-1:123456789012:key/own"
  }

  assert {
    condition     = aws_vpc_endpoint.s3[0].vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3[0].route_table_ids == toset(["rtb-0a", "rtb-0b"]) && aws_vpc_endpoint.s3[0].service_name == "com.amazonaws.eu-central-1.s3"
    error_message = "The endpoint must be a gateway in all route tables."
  }

  assert {
    condition     = aws_cloudwatch_event_target.trouble[0].arn == "arn:aws:sns:eu-central-1:123456789012:alarms"
    error_message = "Warnings and errors of the services must reach the topic."
  }

  assert {
    condition = toset(jsondecode(aws_cloudwatch_event_rule.trouble[0].event_pattern).resources) == toset([
      "arn:aws:ecs:eu-central-1:123456789012:service/rehome/s3Mig_producer_service",
      "arn:aws:ecs:eu-central-1:123456789012:service/rehome/s3Mig_consumer_service",
    ])
    error_message = "The rule must match only the stack's two services."
  }

  assert {
    condition = alltrue([
      for key in [
        aws_efs_file_system.redis.kms_key_id,
        aws_cloudwatch_log_group.producer.kms_key_id,
        aws_cloudwatch_log_group.consumer.kms_key_id,
        aws_secretsmanager_secret.db[0].kms_key_id,
        aws_secretsmanager_secret.redis.kms_key_id,
      ] : key == "arn:aws:kms:eu-central-1:123456789012:key/own"
    ])
    error_message = "KMS_KEY_ARN must encrypt logs, file system and secrets."
  }
}

run "fargate_sizes" {
  command = plan

  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
  assert {
    condition = jsonencode({ for cpu, sizes in local.fargate_memory : cpu => [min(sizes...), max(sizes...), length(sizes), distinct([for index in range(1, length(sizes)) : sizes[index] - sizes[index - 1]])] }) == jsonencode({
      "256"   = [512, 2048, 3, [512, 1024]]
      "512"   = [1024, 4096, 4, [1024]]
      "1024"  = [2048, 8192, 7, [1024]]
      "2048"  = [4096, 16384, 13, [1024]]
      "4096"  = [8192, 30720, 23, [1024]]
      "8192"  = [16384, 61440, 12, [4096]]
      "16384" = [32768, 122880, 12, [8192]]
    })
    error_message = "Exactly the sizes that Fargate offers must be accepted."
  }
}

run "longest_cluster_name_fits_every_name" {
  command = plan

  variables {
    ALARM_TOPIC_ARN       = "arn:aws:sns:eu-central-1:123456789012:alarms"
    CLUSTER_NAME          = "a-cluster-name-of-32-characters1"
    PRODUCER_SERVICE_NAME = join("", [for i in range(222) : "p"])
    CONSUMER_SERVICE_NAME = join("", [for i in range(222) : "c"])
  }

  # https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html and IAM: 64. Task definitions: 255.
  assert {
    condition = alltrue(concat(
      [for rule in concat(values(aws_cloudwatch_event_rule.ending), aws_cloudwatch_event_rule.trouble) : length(rule.name) <= 64],
      [for role in concat(aws_iam_role.execution, aws_iam_role.producer, aws_iam_role.consumer) : length(role.name) <= 64],
      [for task in [aws_ecs_task_definition.s3Mig_producer_service, aws_ecs_task_definition.s3Mig_consumer_service] : length(task.family) <= 255],
      [length("a-cluster-name-of-32-characters1-ap-southeast-1-execution") <= 64],
    ))
    error_message = "The longest names that the settings accept must be accepted by AWS."
  }
}

run "endings" {
  command = plan

  variables {
    ALARM_TOPIC_ARN = "arn:aws:sns:eu-central-1:123456789012:alarms"
  }

  assert {
    condition = { for name, rule in aws_cloudwatch_event_rule.ending : name => jsondecode(rule.event_pattern).detail } == {
      for name, codes in { complete = [0], complete-with-failures = [3], failed = [{ "anything-but" = [0, 3, 143] }] } : name => {
        clusterArn                  = ["arn:aws:ecs:eu-central-1:123456789012:cluster/rehome"]
        group                       = ["service:s3Mig_producer_service"]
        lastStatus                  = ["STOPPED"]
        containers                  = { name = ["producer"], exitCode = codes }
      }
    }
    error_message = "The producer's exit code must decide which notice is sent."
  }

  assert {
    condition     = { for name, target in aws_cloudwatch_event_target.ending : name => [target.rule, target.arn] } == { for name in ["complete", "complete-with-failures", "failed"] : name => ["rehome-${name}", "arn:aws:sns:eu-central-1:123456789012:alarms"] }
    error_message = "Each notice must reach the topic."
  }
}

run "memory_is_divided_among_the_containers" {
  command = plan

  variables {
    PRODUCER_MEMORY = 2048
    REDIS_MEMORY    = 1536
  }

  assert {
    condition     = sum([for container in jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions) : container.memory]) == tonumber(aws_ecs_task_definition.s3Mig_producer_service.memory) && jsondecode(aws_ecs_task_definition.s3Mig_producer_service.container_definitions)[1].memory == 512
    error_message = "The limits of the producer's and Redis' containers must add up to the task's memory."
  }

  assert {
    condition     = [for container in jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions) : container.memory] == [tonumber(aws_ecs_task_definition.s3Mig_consumer_service.memory)]
    error_message = "The consumer's container gets the task's memory."
  }
}

run "bucket_root_as_target" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX     = ""
    DATABASE_TABLE_TO_UPDATE = "user profile"
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.consumer[0].policy).Statement : statement.Resource if statement.Sid == "WriteMigratedObjects"] == [["arn:aws:s3:::modern-images/*"]]
    error_message = "With an empty target prefix the consumers write in the whole target bucket."
  }

  assert {
    condition     = { for variable in jsondecode(aws_ecs_task_definition.s3Mig_consumer_service.container_definitions)[0].environment : variable.name => variable.value if contains(["TARGET_OBJECT_PREFIX", "DATABASE_TABLE_TO_UPDATE"], variable.name) } == { TARGET_OBJECT_PREFIX = "", DATABASE_TABLE_TO_UPDATE = "user profile" }
    error_message = "The programs must get the root and the table's name as they are."
  }
}

run "inactive_cluster_is_refused" {
  command = plan

  variables {
    CREATE_CLUSTER = false
  }

  override_data {
    target = data.aws_ecs_cluster.existing
    values = {
      status = "INACTIVE"
    }
  }

  expect_failures = [data.aws_ecs_cluster.existing]
}
