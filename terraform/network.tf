# Where the tasks run, and who may talk to whom.

data "aws_vpc" "this" {
  id      = var.VPC_ID
  default = var.VPC_ID == null ? true : null

  lifecycle {
    # Without both, neither the file system nor Redis has a name, and tasks fail with "Failed to resolve".
    # The default VPC has them.
    postcondition {
      condition     = var.VPC_ID == null ? true : alltrue([self.enable_dns_support, self.enable_dns_hostnames])
      error_message = "The VPC ${coalesce(var.VPC_ID, "default")} must have DNS resolution and DNS host names switched on."
    }
  }
}

data "aws_subnets" "default" {
  count = length(var.SUBNET_IDS) == 0 ? 1 : 0

  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }

  filter {
    name   = "default-for-az"
    values = ["true"]
  }
}

data "aws_subnet" "tasks" {
  for_each = toset(local.subnet_ids)

  id = each.value
}

locals {
  subnet_ids = distinct(concat(tolist(var.SUBNET_IDS), flatten(data.aws_subnets.default[*].ids)))

  # EFS takes one mount target per zone, however many subnets we have in it.
  subnets_by_zone = { for id, subnet in data.aws_subnet.tasks : subnet.availability_zone => id... }
  subnet_of_zone  = { for zone, ids in local.subnets_by_zone : zone => sort(ids)[0] }

  # In the default VPC all subnets are public, and a task without a public address reaches nothing.
  assign_public_ip = coalesce(var.ASSIGN_PUBLIC_IP, var.VPC_ID == null)

  vpc_cidr_blocks = distinct(concat(
    [data.aws_vpc.this.cidr_block],
    [for association in data.aws_vpc.this.cidr_block_associations : association.cidr_block if association.state == "associated"],
  ))

  database_targets = var.DATABASE_SECURITY_GROUP_ID != null ? {
    group = { cidr = null, group = var.DATABASE_SECURITY_GROUP_ID }
    } : {
    for cidr in coalesce(var.DATABASE_CIDR_BLOCKS, local.vpc_cidr_blocks) : cidr => { cidr = cidr, group = null }
  }

  service_security_groups = {
    producer = aws_security_group.producer.id
    consumer = aws_security_group.consumer.id
  }

  database_egress = merge([
    for service, id in local.service_security_groups : {
      for name, target in local.database_targets : "${service}-${name}" => merge(target, { from = id, service = service })
    }
  ]...)
}

resource "aws_security_group" "producer" {
  name_prefix = "${var.CLUSTER_NAME}-producer-"
  description = "Rehome producer and its Redis"
  vpc_id      = data.aws_vpc.this.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "consumer" {
  name_prefix = "${var.CLUSTER_NAME}-consumer-"
  description = "Rehome consumers"
  vpc_id      = data.aws_vpc.this.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "efs" {
  name_prefix = "${var.CLUSTER_NAME}-efs-"
  description = "Rehome file system with the Redis data"
  vpc_id      = data.aws_vpc.this.id

  lifecycle {
    create_before_destroy = true
  }
}

# Redis: only from the consumers. The producer is in the same task and needs no rule.

resource "aws_vpc_security_group_ingress_rule" "redis_from_consumer" {
  security_group_id            = aws_security_group.producer.id
  description                  = "Consumers to Redis"
  ip_protocol                  = "tcp"
  from_port                    = local.redis_port
  to_port                      = local.redis_port
  referenced_security_group_id = aws_security_group.consumer.id
}

resource "aws_vpc_security_group_egress_rule" "consumer_to_redis" {
  security_group_id            = aws_security_group.consumer.id
  description                  = "Consumers to Redis"
  ip_protocol                  = "tcp"
  from_port                    = local.redis_port
  to_port                      = local.redis_port
  referenced_security_group_id = aws_security_group.producer.id
}

# The file system: only from the producer's task, where Redis is.

resource "aws_vpc_security_group_ingress_rule" "efs_from_producer" {
  security_group_id            = aws_security_group.efs.id
  description                  = "Redis to its file system"
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
  referenced_security_group_id = aws_security_group.producer.id
}

resource "aws_vpc_security_group_egress_rule" "producer_to_efs" {
  security_group_id            = aws_security_group.producer.id
  description                  = "Redis to its file system"
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
  referenced_security_group_id = aws_security_group.efs.id
}

# The interfaces of AWS have no fixed addresses, so HTTPS is open outwards, and nothing else is.
# Name look-ups go to the resolver of the VPC, which security groups don't filter.

#trivy:ignore:AVD-AWS-0104 AWS publishes no fixed addresses for S3, ECR, ECS, Secrets Manager and CloudWatch
resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = local.service_security_groups

  security_group_id = each.value
  description       = "HTTPS to AWS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "database" {
  for_each = local.database_egress

  security_group_id            = each.value.from
  description                  = "To the database"
  ip_protocol                  = "tcp"
  from_port                    = var.DATABASE_PORT
  to_port                      = var.DATABASE_PORT
  cidr_ipv4                    = each.value.cidr
  referenced_security_group_id = each.value.group
}

# Lets the services in at the database's own security group, when it is named.
resource "aws_vpc_security_group_ingress_rule" "database" {
  for_each = var.DATABASE_SECURITY_GROUP_ID == null ? {} : local.service_security_groups

  security_group_id            = var.DATABASE_SECURITY_GROUP_ID
  description                  = "Rehome ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = var.DATABASE_PORT
  to_port                      = var.DATABASE_PORT
  referenced_security_group_id = each.value
}

# Free of charge, and keeps S3 away from a NAT gateway, which would charge for each byte.
# Off by default: a route table takes only one such endpoint, and many a VPC has it already.

data "aws_route_tables" "all" {
  count = var.CREATE_S3_GATEWAY_ENDPOINT ? 1 : 0

  vpc_id = data.aws_vpc.this.id
}

resource "aws_vpc_endpoint" "s3" {
  count = var.CREATE_S3_GATEWAY_ENDPOINT ? 1 : 0

  vpc_id            = data.aws_vpc.this.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${var.AWS_REGION}.s3"
  route_table_ids   = data.aws_route_tables.all[0].ids
}
