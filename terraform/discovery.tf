# How consumers find Redis: a name in a private zone, kept up to date by ECS.

locals {
  # A cluster's name may hold underscores, a host name may not.
  discovery_domain = "${lower(replace(var.CLUSTER_NAME, "_", "-"))}.internal"
  redis_host       = "redis.${local.discovery_domain}"
}

resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = local.discovery_domain
  description = "Rehome ${var.CLUSTER_NAME}"
  vpc         = data.aws_vpc.this.id
}

# Don't rename it: tasks that run would not register under the new name.
resource "aws_service_discovery_service" "redis" {
  name        = "redis"
  description = "The Redis in the producer's task"

  # A task that was killed may leave its instance behind, and that would block a destroy.
  force_destroy = true

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this.id
    routing_policy = "MULTIVALUE"

    # Short, because a restarted Redis has another address.
    dns_records {
      type = "A"
      ttl  = 10
    }
  }

  # ECS reports the health of the task's containers, so that the name appears only when Redis answers.
  # The argument is deprecated and warns, but an empty block is replaced with every plan.
  health_check_custom_config {
    failure_threshold = 1
  }
}
