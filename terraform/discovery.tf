# Consumers find Redis by a name in a private zone, which ECS keeps up to date.

locals {
  # A cluster's name may contain underscores, but a host name must not.
  discovery_domain = "${lower(replace(var.CLUSTER_NAME, "_", "-"))}.internal"
  redis_host       = "${aws_service_discovery_service.redis.name}.${aws_service_discovery_private_dns_namespace.this.name}"
}

resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = local.discovery_domain
  description = "Rehome ${var.CLUSTER_NAME}"
  vpc         = data.aws_vpc.this.id
  tags        = local.tags
}

# Don't rename it: running tasks wouldn't register under the new name.
resource "aws_service_discovery_service" "redis" {
  name        = "redis"
  description = "The Redis in the producer's task"
  tags        = local.tags

  # A killed task may leave its instance registered, which would block a destroy.
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

  # ECS reports the health of the task's containers, so the name appears only once Redis is healthy.
  # The argument is deprecated, but with an empty block every plan would replace the service.
  health_check_custom_config {
    failure_threshold = 1
  }
}
