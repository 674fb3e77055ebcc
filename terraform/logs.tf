# Created here rather than by the tasks, which would create them again after a destroy and keep the logs forever.

locals {
  producer_log_group = "/ecs/${var.CLUSTER_NAME}/${var.PRODUCER_SERVICE_NAME}"
  consumer_log_group = "/ecs/${var.CLUSTER_NAME}/${var.CONSUMER_SERVICE_NAME}"

  # Non-blocking: a slow log service must not stop a migration. The buffer holds several minutes of log lines.
  log_options = {
    "awslogs-region"  = var.AWS_REGION
    "mode"            = "non-blocking"
    "max-buffer-size" = "25m"
  }
}

#trivy:ignore:AVD-AWS-0017 CloudWatch encrypts by default; KMS_KEY_ARN sets another key
resource "aws_cloudwatch_log_group" "producer" {
  #checkov:skip=CKV_AWS_158:CloudWatch encrypts by default; KMS_KEY_ARN sets another key.
  #checkov:skip=CKV_AWS_338:A migration ends within days, and its report is in the database.
  name              = local.producer_log_group
  retention_in_days = var.LOG_RETENTION_DAYS
  kms_key_id        = var.KMS_KEY_ARN
  tags              = local.tags
}

#trivy:ignore:AVD-AWS-0017 CloudWatch encrypts by default; KMS_KEY_ARN sets another key
resource "aws_cloudwatch_log_group" "consumer" {
  #checkov:skip=CKV_AWS_158:CloudWatch encrypts by default; KMS_KEY_ARN sets another key.
  #checkov:skip=CKV_AWS_338:A migration ends within days, and its report is in the database.
  name              = local.consumer_log_group
  retention_in_days = var.LOG_RETENTION_DAYS
  kms_key_id        = var.KMS_KEY_ARN
  tags              = local.tags
}
