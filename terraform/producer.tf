# s3Mig_producer_service: one task with the producer and its Redis. Two of them must never run: of two Redis processes
# on one directory, one loses everything written to it.

locals {
  # No container needs a capability. ECS Exec needs an init process, a writable root file system and its capabilities:
  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
  linux_parameters = {
    capabilities       = { drop = var.ECS_EXEC ? [] : ["ALL"] }
    initProcessEnabled = var.ECS_EXEC
  }

  redis_container = {
    name      = "redis"
    image     = local.redis_image
    essential = true
    user      = "${local.redis_uid}:${local.redis_uid}"
    memory    = var.REDIS_MEMORY

    readonlyRootFilesystem = !var.ECS_EXEC
    linuxParameters        = local.linux_parameters
    stopTimeout            = local.container_stop_timeout

    environment  = [for name, value in local.redis_environment : { name = name, value = value }]
    secrets      = concat([{ name = "REDIS_PASSWORD", valueFrom = local.redis_password_from }], local.redis_certificate_secrets)
    dockerLabels = local.password_versions

    portMappings = [{ containerPort = local.redis_admitted_port, hostPort = local.redis_admitted_port, protocol = "tcp" }]
    mountPoints  = [{ sourceVolume = "redis-data", containerPath = "/data", readOnly = false }]

    # With many retries, because fsync on a network file system is slow at times, and a restart doesn't help. While Redis
    # loads its file, PING fails and the producer waits. The password is passed in the environment, because arguments are
    # visible in the process list.
    healthCheck = {
      command     = ["CMD-SHELL", "REDISCLI_AUTH=\"$REDIS_PASSWORD\" redis-cli -h 127.0.0.1 -p ${local.redis_port} ping | grep -qx PONG"]
      interval    = 10
      timeout     = 5
      retries     = 3
      startPeriod = 120
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = merge(local.log_options, {
        "awslogs-group"         = aws_cloudwatch_log_group.producer.name
        "awslogs-stream-prefix" = "redis"
      })
    }
  }

  producer_container = {
    name      = "producer"
    image     = local.producer_image
    essential = true
    user      = "10001"
    memory    = local.producer_container_memory

    readonlyRootFilesystem = !var.ECS_EXEC
    linuxParameters        = local.linux_parameters
    stopTimeout            = local.container_stop_timeout

    # ECS stops containers in reverse order, so Redis stops only after the producer has ended.
    dependsOn = [{ containerName = "redis", condition = "HEALTHY" }]

    environment = [for name, value in local.producer_environment : { name = name, value = value }]
    secrets = concat(
      [
        { name = "DB_PASSWORD", valueFrom = local.db_password_from },
        { name = "REDIS_PASSWORD", valueFrom = local.redis_password_from },
      ],
      local.operator_secrets,
    )
    dockerLabels = local.password_versions

    portMappings = [for port in [local.http_port] : { containerPort = port, hostPort = port, protocol = "tcp" } if local.http_open]
    mountPoints  = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]

    healthCheck = {
      command     = ["CMD", "java", "-jar", "/app/producer.jar", "health"]
      interval    = 30
      timeout     = 15
      retries     = 3
      startPeriod = 120
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = merge(local.log_options, {
        "awslogs-group"         = aws_cloudwatch_log_group.producer.name
        "awslogs-stream-prefix" = "producer"
      })
    }
  }
}

resource "aws_ecs_task_definition" "s3Mig_producer_service" {
  family                   = "${var.CLUSTER_NAME}-${var.PRODUCER_SERVICE_NAME}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.PRODUCER_CPU
  memory                   = var.PRODUCER_MEMORY
  execution_role_arn       = local.execution_role_arn
  task_role_arn            = local.producer_role_arn
  container_definitions    = jsonencode([local.redis_container, local.producer_container])
  tags                     = local.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.CPU_ARCHITECTURE
  }

  # Empty, for /tmp of a container whose root file system is read-only. It takes owner and mode from the image,
  # which declares /tmp as a volume.
  volume {
    name = "tmp"
  }

  volume {
    name = "redis-data"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.redis.id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.redis.id
        iam             = "ENABLED"
      }
    }
  }
}

resource "aws_ecs_service" "s3Mig_producer_service" {
  #checkov:skip=CKV_AWS_333:Only the default VPC assigns public addresses, because it has no other route to AWS; no rule admits traffic from outside.
  name            = var.PRODUCER_SERVICE_NAME
  cluster         = local.cluster_id
  task_definition = aws_ecs_task_definition.s3Mig_producer_service.arn

  # Every apply sets it, and no change is ignored. After the end of a run an apply raises 0 to 1 again; the producer
  # then runs once more and scales both services back to 0.
  desired_count = local.producer_desired_count

  # The old task stops before the new one starts.
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  # Rebalancing starts the second task before it stops the first.
  availability_zone_rebalancing = "DISABLED"

  platform_version        = "LATEST"
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"
  enable_execute_command  = var.ECS_EXEC
  tags                    = local.tags

  # Consumers start when this service is steady. If they looked up Redis' name before it exists, the resolver would
  # cache the failure for minutes.
  wait_for_steady_state = true

  # Never on Spot.
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = local.subnet_ids
    security_groups  = [aws_security_group.producer.id]
    assign_public_ip = local.assign_public_ip
  }

  service_registries {
    registry_arn = aws_service_discovery_service.redis.arn
  }

  # A mount target takes over a minute to create, and a task that starts earlier can't resolve the file system.
  # Policies and rules must be destroyed after the service, which otherwise hangs in DRAINING.
  depends_on = [
    aws_ecs_cluster_capacity_providers.this,
    aws_efs_mount_target.redis,
    aws_efs_file_system_policy.redis,
    aws_iam_role_policy.execution,
    aws_iam_role_policy.producer,
    aws_secretsmanager_secret_version.db,
    aws_secretsmanager_secret_version.redis,
    aws_vpc_security_group_egress_rule.database,
    aws_vpc_security_group_egress_rule.database_group,
    aws_vpc_security_group_egress_rule.https,
    aws_vpc_security_group_egress_rule.producer_to_efs,
    aws_vpc_security_group_ingress_rule.database,
    aws_vpc_security_group_ingress_rule.efs_from_producer,
    aws_vpc_security_group_ingress_rule.endpoints,
    aws_vpc_security_group_ingress_rule.redis_from_consumer,
    aws_vpc_endpoint.s3,
    aws_vpc_endpoint.interface,
  ]
}
