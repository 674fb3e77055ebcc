# s3Mig_producer_service: one task with the producer and its Redis. There are never two of them: two Redis
# processes on one directory both start, and one loses all that it is given.

locals {
  redis_container = {
    name      = "redis"
    image     = local.redis_image
    essential = true
    user      = "${local.redis_uid}:${local.redis_uid}"
    memory    = var.REDIS_MEMORY

    readonlyRootFilesystem = true
    stopTimeout            = local.container_stop_timeout

    environment  = [for name, value in local.redis_environment : { name = name, value = value }]
    secrets      = [{ name = "REDIS_PASSWORD", valueFrom = local.redis_password_from }]
    dockerLabels = local.password_versions

    portMappings = [{ containerPort = local.redis_port, hostPort = local.redis_port, protocol = "tcp" }]
    mountPoints  = [{ sourceVolume = "redis-data", containerPath = "/data", readOnly = false }]

    # Lenient, because fsync on a network file system has slow moments and a restart would not help. While
    # Redis still loads its file, PING answers with an error and the producer waits. The password goes by
    # the environment, not by an argument that a process list would show.
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

    readonlyRootFilesystem = true
    stopTimeout            = local.container_stop_timeout

    # ECS stops in the reverse order, so that Redis outlives the producer's last words.
    dependsOn = [{ containerName = "redis", condition = "HEALTHY" }]

    environment = [for name, value in local.producer_environment : { name = name, value = value }]
    secrets = [
      { name = "DB_PASSWORD", valueFrom = local.db_password_from },
      { name = "REDIS_PASSWORD", valueFrom = local.redis_password_from },
    ]
    dockerLabels = local.password_versions

    mountPoints = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]

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
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.producer.arn
  container_definitions    = jsonencode([local.redis_container, local.producer_container])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.CPU_ARCHITECTURE
  }

  # Empty, for /tmp of a container whose root file system is read-only. It takes its owner and mode from the
  # image, which therefore declares /tmp as a volume.
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
  #checkov:skip=CKV_AWS_333:Public addresses are for the default VPC only, which has no other way out; nothing is let in from there.
  name            = var.PRODUCER_SERVICE_NAME
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.s3Mig_producer_service.arn

  # Set with every apply, with nothing ignored. After the end it raises 0 to 1 again; the producer then finds
  # nothing to do and goes back to 0 by itself.
  desired_count = local.producer_desired_count

  # The old task is gone before the new one starts.
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  # Would move a task by starting the second one first.
  availability_zone_rebalancing = "DISABLED"

  platform_version        = "LATEST"
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"

  # Consumers are started when this service is steady. Who asks for a name before it exists gets "no such
  # name" from the resolver's cache for minutes.
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

  # A mount target takes over a minute, and a task that starts earlier fails to resolve the file system.
  # Policies and rules must also outlive the service, which else hangs in DRAINING on destroy.
  depends_on = [
    aws_ecs_cluster_capacity_providers.this,
    aws_efs_mount_target.redis,
    aws_efs_file_system_policy.redis,
    aws_iam_role_policy.execution,
    aws_iam_role_policy.producer,
    aws_secretsmanager_secret_version.db,
    aws_secretsmanager_secret_version.redis,
    aws_vpc_security_group_egress_rule.database,
    aws_vpc_security_group_egress_rule.https,
    aws_vpc_security_group_egress_rule.producer_to_efs,
    aws_vpc_security_group_ingress_rule.database,
    aws_vpc_security_group_ingress_rule.efs_from_producer,
    aws_vpc_security_group_ingress_rule.redis_from_consumer,
    aws_vpc_endpoint.s3,
  ]
}
