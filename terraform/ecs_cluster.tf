resource "aws_ecs_cluster" "this" {
  name = var.CLUSTER_NAME

  # Its own log group, /aws/ecs/containerinsights/<cluster>/performance, stays after a destroy.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}
