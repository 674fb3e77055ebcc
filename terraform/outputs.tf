output "cluster" {
  description = "Name of the ECS cluster."
  value       = aws_ecs_cluster.this.name
}

output "services" {
  description = "Names of the two services, with the number of tasks that this apply asked for."
  value = {
    (aws_ecs_service.s3Mig_producer_service.name) = local.producer_desired_count
    (aws_ecs_service.s3Mig_consumer_service.name) = local.consumer_desired_count
  }
}

output "log_groups" {
  description = "Log groups of the two services; Redis logs beside the producer."
  value = {
    producer = aws_cloudwatch_log_group.producer.name
    consumer = aws_cloudwatch_log_group.consumer.name
  }
}

output "redis_host" {
  description = "Name of Redis inside the VPC."
  value       = local.redis_host
}

output "security_groups" {
  description = "Security groups of the services. The database must let both in, unless DATABASE_SECURITY_GROUP_ID did it."
  value       = local.service_security_groups
}

output "console" {
  description = "Pages in the AWS console."
  value = {
    producer = "https://${var.AWS_REGION}.console.aws.amazon.com/ecs/v2/clusters/${var.CLUSTER_NAME}/services/${var.PRODUCER_SERVICE_NAME}/health?region=${var.AWS_REGION}"
    consumer = "https://${var.AWS_REGION}.console.aws.amazon.com/ecs/v2/clusters/${var.CLUSTER_NAME}/services/${var.CONSUMER_SERVICE_NAME}/health?region=${var.AWS_REGION}"
    logs     = "https://${var.AWS_REGION}.console.aws.amazon.com/cloudwatch/home?region=${var.AWS_REGION}#logsV2:log-groups$3FlogGroupNameFilter$3D${urlencode("/ecs/${var.CLUSTER_NAME}/")}"
  }
}

output "watch" {
  description = "The next command: follow the producer's log, with progress and the reason of each pause."
  value       = "aws logs tail '${aws_cloudwatch_log_group.producer.name}' --follow --region ${var.AWS_REGION}"
}

output "scale" {
  description = "How to change the number of consumers in the middle of a run. Keep the number in terraform.tfvars afterwards."
  value       = "terraform apply -var CONSUMER_TASK_COUNT=${var.CONSUMER_TASK_COUNT * 2}"
}

output "status" {
  description = "Tasks that run and should run. Both services at 0 means that the migration is over."
  value       = "aws ecs describe-services --region ${var.AWS_REGION} --cluster ${var.CLUSTER_NAME} --services ${var.PRODUCER_SERVICE_NAME} ${var.CONSUMER_SERVICE_NAME} --query 'services[].[serviceName,runningCount,desiredCount]' --output table"
}
