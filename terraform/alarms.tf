# Optional: EventBridge notifies an SNS topic when the run is complete, when the producer fails, and when ECS can't start or
# place a task.

locals {
  # The producer's exit code shows how the run ended. 143 is a stop by ECS: a new revision, or MIGRATION_ENABLED = false.
  endings = {
    complete = {
      exit_codes = [0]
      message    = "The run is complete, and both services are at 0. The report is in the log group ${local.producer_log_group}."
    }
    complete-with-failures = {
      exit_codes = [3]
      message    = "The run is complete, but some records failed, and both services are at 0. The report in the log group ${local.producer_log_group} lists them."
    }
    failed = {
      exit_codes = [{ "anything-but" = [0, 3, 143] }]
      message    = "The run failed; the log group ${local.producer_log_group} has the reason. Remove the cause. If both services are at 0, apply again; otherwise ECS has already started the producer again."
    }
  }
}

resource "aws_cloudwatch_event_rule" "ending" {
  for_each = { for name, ending in local.endings : name => ending if var.ALARM_TOPIC_ARN != null }

  name        = "${var.CLUSTER_NAME}-${each.key}"
  description = "Rehome: the producer's task stops (${each.key})"
  tags        = local.tags

  event_pattern = jsonencode({
    source        = ["aws.ecs"]
    "detail-type" = ["ECS Task State Change"]
    detail = {
      clusterArn = [local.cluster_arn]
      group      = ["service:${var.PRODUCER_SERVICE_NAME}"]
      lastStatus = ["STOPPED"]
      containers = { name = ["producer"], exitCode = each.value.exit_codes }
    }
  })
}

resource "aws_cloudwatch_event_target" "ending" {
  for_each = aws_cloudwatch_event_rule.ending

  rule = each.value.name
  arn  = var.ALARM_TOPIC_ARN

  input = jsonencode("Rehome ${var.CLUSTER_NAME}: ${local.endings[each.key].message}")
}

resource "aws_cloudwatch_event_rule" "trouble" {
  count = var.ALARM_TOPIC_ARN == null ? 0 : 1

  name        = "${var.CLUSTER_NAME}-trouble"
  description = "Rehome: a service reports a warning or an error"
  tags        = local.tags

  event_pattern = jsonencode({
    source        = ["aws.ecs"]
    "detail-type" = ["ECS Service Action", "ECS Deployment State Change"]
    resources     = [local.producer_service_arn, local.consumer_service_arn]
    detail        = { eventType = ["WARN", "ERROR"] }
  })
}

resource "aws_cloudwatch_event_target" "trouble" {
  count = var.ALARM_TOPIC_ARN == null ? 0 : 1

  rule = aws_cloudwatch_event_rule.trouble[0].name
  arn  = var.ALARM_TOPIC_ARN
}
