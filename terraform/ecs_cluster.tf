resource "aws_ecs_cluster" "this" {
  count = var.CREATE_CLUSTER ? 1 : 0

  name = var.CLUSTER_NAME
  tags = local.tags

  # AWS creates a log group for this, /aws/ecs/containerinsights/<cluster>/performance, which a destroy doesn't delete.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  count = var.CREATE_CLUSTER ? 1 : 0

  cluster_name       = aws_ecs_cluster.this[0].name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

data "aws_ecs_cluster" "existing" {
  count = var.CREATE_CLUSTER ? 0 : 1

  cluster_name = var.CLUSTER_NAME

  lifecycle {
    postcondition {
      condition     = self.status == "ACTIVE"
      error_message = "The cluster ${var.CLUSTER_NAME} isn't active. Set CLUSTER_NAME to an active cluster, or CREATE_CLUSTER to true."
    }
  }
}

locals {
  cluster_id = one(concat(aws_ecs_cluster.this[*].id, data.aws_ecs_cluster.existing[*].arn))
}
