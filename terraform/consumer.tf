# s3Mig_consumer_service: CONSUMER_TASK_COUNT tasks that copy objects. Any of them may be stopped at any time.

locals {
  consumer_container = {
    name      = "consumer"
    image     = local.consumer_image
    essential = true
    user      = "10001"
    memory    = var.CONSUMER_MEMORY

    readonlyRootFilesystem = !var.ECS_EXEC
    linuxParameters        = local.linux_parameters
    stopTimeout            = local.container_stop_timeout

    environment = [for name, value in local.consumer_environment : { name = name, value = value }]
    secrets = concat(
      [
        { name = "DB_PASSWORD", valueFrom = local.db_password_from },
        { name = "REDIS_PASSWORD", valueFrom = local.redis_password_from },
      ],
      local.redis_authority_secrets,
    )
    dockerLabels = local.password_versions

    mountPoints = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]

    healthCheck = {
      command     = ["CMD", "java", "-jar", "/app/consumer.jar", "health"]
      interval    = 30
      timeout     = 15
      retries     = 3
      startPeriod = 120
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = merge(local.log_options, {
        "awslogs-group"         = aws_cloudwatch_log_group.consumer.name
        "awslogs-stream-prefix" = "consumer"
      })
    }
  }

  # With Spot, one consumer stays on ordinary capacity, so that a shortage slows the migration but doesn't stop it.
  consumer_capacity = var.CONSUMER_USE_SPOT ? {
    FARGATE      = { base = 1, weight = 0 }
    FARGATE_SPOT = { base = 0, weight = 1 }
    } : {
    FARGATE = { base = 0, weight = 1 }
  }
}

resource "aws_ecs_task_definition" "s3Mig_consumer_service" {
  family                   = "${var.CLUSTER_NAME}-${var.CONSUMER_SERVICE_NAME}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.CONSUMER_CPU
  memory                   = var.CONSUMER_MEMORY
  execution_role_arn       = local.execution_role_arn
  task_role_arn            = local.consumer_role_arn
  container_definitions    = jsonencode([local.consumer_container])
  tags                     = local.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.CPU_ARCHITECTURE
  }

  volume {
    name = "tmp"
  }
}

resource "aws_ecs_service" "s3Mig_consumer_service" {
  #checkov:skip=CKV_AWS_333:Only the default VPC assigns public addresses, because it has no other route to AWS; no rule admits traffic from outside.
  name            = var.CONSUMER_SERVICE_NAME
  cluster         = local.cluster_id
  task_definition = aws_ecs_task_definition.s3Mig_consumer_service.arn

  # Every apply sets it, and no change is ignored, so a new CONSUMER_TASK_COUNT scales the service at once.
  desired_count = local.consumer_desired_count

  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 200

  # Rebalancing would stop consumers in the middle of a batch.
  availability_zone_rebalancing = "DISABLED"

  platform_version        = "LATEST"
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"
  enable_execute_command  = var.ECS_EXEC
  tags                    = local.tags

  # An apply fails if the consumers can't start.
  wait_for_steady_state = true

  # A change here replaces the service. That is safe: leases expire, and other consumers claim the batches again.
  dynamic "capacity_provider_strategy" {
    for_each = local.consumer_capacity

    content {
      capacity_provider = capacity_provider_strategy.key
      base              = capacity_provider_strategy.value.base
      weight            = capacity_provider_strategy.value.weight
    }
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = local.subnet_ids
    security_groups  = [aws_security_group.consumer.id]
    assign_public_ip = local.assign_public_ip
  }

  # Started when the producer's service is steady, because Redis must have a name before the first consumer looks it up.
  depends_on = [
    aws_ecs_service.s3Mig_producer_service,
    aws_iam_role_policy.consumer,
    aws_vpc_security_group_egress_rule.consumer_to_redis,
  ]
}
