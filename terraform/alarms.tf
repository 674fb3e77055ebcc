# Optional: tells a topic when ECS can't start or place a task, or a deployment fails. The running and the
# finished state are no alarms; the services go to 0 when the migration is over.

resource "aws_cloudwatch_event_rule" "trouble" {
  count = var.ALARM_TOPIC_ARN == null ? 0 : 1

  name_prefix = "${var.CLUSTER_NAME}-trouble-"
  description = "Rehome: a service reports a warning or an error"

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
