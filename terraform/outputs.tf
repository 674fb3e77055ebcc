output "cluster" {
  description = "Name of the ECS cluster."
  value       = var.CLUSTER_NAME
}

output "cluster_arn" {
  description = "ARN of the ECS cluster."
  value       = local.cluster_id
}

output "services" {
  description = "Names of the two services, with the desired counts that this apply set."
  value = {
    (aws_ecs_service.s3Mig_producer_service.name) = aws_ecs_service.s3Mig_producer_service.desired_count
    (aws_ecs_service.s3Mig_consumer_service.name) = aws_ecs_service.s3Mig_consumer_service.desired_count
  }
}

output "task_definitions" {
  description = "Families of the task definitions, for one-off tasks."
  value = {
    producer = aws_ecs_task_definition.s3Mig_producer_service.family
    consumer = aws_ecs_task_definition.s3Mig_consumer_service.family
  }
}

output "roles" {
  description = "ARNs of the three roles, for bucket and key policies."
  value = {
    execution = local.execution_role_arn
    producer  = local.producer_role_arn
    consumer  = local.consumer_role_arn
  }
}

output "log_groups" {
  description = "Log groups of the two services; Redis logs to the producer's."
  value = {
    producer = aws_cloudwatch_log_group.producer.name
    consumer = aws_cloudwatch_log_group.consumer.name
  }
}

output "secrets" {
  description = "ARNs of the secrets that the tasks read: the database's, which is DB_SECRET_ARN if that is set, and Redis'."
  value = {
    db    = local.db_secret_arn
    redis = aws_secretsmanager_secret.redis.arn
  }
}

output "file_system" {
  description = "Id of the file system with Redis' data."
  value       = aws_efs_file_system.redis.id
}

output "redis_host" {
  description = "Name of Redis inside the VPC."
  value       = local.redis_host
}

output "security_groups" {
  description = "Security groups of the services. The database must admit both, unless DATABASE_SECURITY_GROUP_ID is set."
  value       = local.service_security_groups
}

output "bucket_policies" {
  description = "Statements that the policies of buckets in another account need, so that the consumers can copy and the producer can check."
  value = {
    source = [
      {
        Sid       = "RehomeReadsLegacyObjects"
        Effect    = "Allow"
        Principal = { AWS = [local.consumer_role_arn, local.producer_role_arn] }
        Action    = ["s3:GetObject", "s3:GetObjectTagging"]
        Resource  = local.readable_objects
      },
      {
        Sid       = "RehomeListsLegacyObjects"
        Effect    = "Allow"
        Principal = { AWS = [local.consumer_role_arn, local.producer_role_arn] }
        Action    = ["s3:ListBucket"]
        Resource  = local.source_bucket_arn
      },
    ]
    target = [
      {
        Sid       = "RehomeWritesMigratedObjects"
        Effect    = "Allow"
        Principal = { AWS = local.consumer_role_arn }
        Action    = local.write_actions
        Resource  = local.writable_objects
      },
      {
        Sid       = "RehomeChecksMigratedObjects"
        Effect    = "Allow"
        Principal = { AWS = local.producer_role_arn }
        Action    = ["s3:GetObject"]
        Resource  = local.writable_objects
      },
      {
        Sid       = "RehomeListsMigratedObjects"
        Effect    = "Allow"
        Principal = { AWS = [local.consumer_role_arn, local.producer_role_arn] }
        Action    = ["s3:ListBucket"]
        Resource  = local.target_bucket_arn
      },
    ]
  }
}

locals {
  console = "${var.AWS_REGION}.${lookup({ aws-cn = "console.amazonaws.cn", aws-us-gov = "console.amazonaws-us-gov.com" }, local.partition, "console.aws.amazon.com")}"
}

output "console" {
  description = "Pages in the AWS console."
  value = {
    producer = "https://${local.console}/ecs/v2/clusters/${var.CLUSTER_NAME}/services/${var.PRODUCER_SERVICE_NAME}/health?region=${var.AWS_REGION}"
    consumer = "https://${local.console}/ecs/v2/clusters/${var.CLUSTER_NAME}/services/${var.CONSUMER_SERVICE_NAME}/health?region=${var.AWS_REGION}"
    logs     = "https://${local.console}/cloudwatch/home?region=${var.AWS_REGION}#logsV2:log-groups$3FlogGroupNameFilter$3D${urlencode("/ecs/${var.CLUSTER_NAME}/")}"
  }
}

locals {
  aws_ecs = "--region ${var.AWS_REGION} --cluster ${var.CLUSTER_NAME}"

  # In the running producer's task. The words of the command are separated as in a shell.
  in_producer_task = "aws ecs execute-command ${local.aws_ecs} --task \"$(aws ecs list-tasks ${local.aws_ecs} --service-name ${var.PRODUCER_SERVICE_NAME} --query 'taskArns[0]' --output text)\" --interactive"
  producer_command = "${local.in_producer_task} --container producer --command \"producer COMMAND\""

  # Session Manager forwards a local port to the container, which is named by the ids of its task and of itself.
  dashboard_command = join(" && ", [
    "runtime=$(aws ecs describe-tasks ${local.aws_ecs} --tasks \"$(aws ecs list-tasks ${local.aws_ecs} --service-name ${var.PRODUCER_SERVICE_NAME} --query 'taskArns[0]' --output text)\" --query \"tasks[0].containers[?name=='producer'].runtimeId | [0]\" --output text)",
    "aws ssm start-session --region ${var.AWS_REGION} --target \"ecs:${var.CLUSTER_NAME}_$${runtime%%-*}_$runtime\" --document-name AWS-StartPortForwardingSession --parameters '{\"portNumber\":[\"${local.http_port}\"],\"localPortNumber\":[\"${local.http_port}\"]}'",
  ])

  # As a task of its own. Each word of the command is a string of the list.
  one_off_tasks = {
    for name, task in {
      producer = { service = var.PRODUCER_SERVICE_NAME, family = aws_ecs_task_definition.s3Mig_producer_service.family }
      consumer = { service = var.CONSUMER_SERVICE_NAME, family = aws_ecs_task_definition.s3Mig_consumer_service.family }
    } :
    name => "aws ecs run-task ${local.aws_ecs} --launch-type FARGATE --task-definition ${task.family} --network-configuration \"$(aws ecs describe-services ${local.aws_ecs} --services ${task.service} --query 'services[0].networkConfiguration' --output json)\" --overrides '{\"containerOverrides\":[{\"name\":\"${name}\",\"command\":[\"COMMAND\"]}]}'"
  }
}

output "commands" {
  description = "Commands to plan, watch, scale, inspect and pause a run. In `producer` and `task`, replace COMMAND by any command of the producer, such as `status --json`. producer, status, pause, resume and redis run in the producer's task and need ECS_EXEC = true, as does dashboard, which makes the producer's dashboard reachable at http://127.0.0.1:8080/; task and plan need both services at 0, because their task starts a Redis on the same directory."
  value = {
    plan      = replace(local.one_off_tasks.producer, "COMMAND", "plan")
    watch     = "aws logs tail '${aws_cloudwatch_log_group.producer.name}' --follow --region ${var.AWS_REGION}"
    scale     = "terraform apply -var CONSUMER_TASK_COUNT=${var.CONSUMER_TASK_COUNT * 2}"
    tasks     = "aws ecs describe-services ${local.aws_ecs} --services ${var.PRODUCER_SERVICE_NAME} ${var.CONSUMER_SERVICE_NAME} --query 'services[].[serviceName,runningCount,desiredCount]' --output table"
    producer  = local.producer_command
    status    = replace(local.producer_command, "COMMAND", "status")
    pause     = replace(local.producer_command, "COMMAND", "pause")
    resume    = replace(local.producer_command, "COMMAND", "resume")
    task      = local.one_off_tasks.producer
    verify    = replace(local.one_off_tasks.consumer, "COMMAND", "verify")
    dashboard = local.dashboard_command
    redis     = "${local.in_producer_task} --container redis --command 'sh -c \"REDISCLI_AUTH=$REDIS_PASSWORD redis-cli -p ${local.redis_port}\"'"
  }
}
