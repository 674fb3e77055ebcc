# The subnets of the tasks, and which traffic is allowed.

data "aws_vpc" "this" {
  id      = var.VPC_ID
  default = var.VPC_ID == null ? true : null

  lifecycle {
    # Without them, the names of the file system and of Redis don't resolve, and tasks fail with "Failed to resolve".
    # The default VPC has them.
    postcondition {
      condition     = var.VPC_ID == null ? true : alltrue([self.enable_dns_support, self.enable_dns_hostnames])
      error_message = "The VPC ${coalesce(var.VPC_ID, "default")} needs DNS resolution and DNS host names. Turn on enableDnsSupport and enableDnsHostnames."
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

  # EFS accepts one mount target per zone, also for several subnets in a zone.
  subnets_by_zone = { for id, subnet in data.aws_subnet.tasks : subnet.availability_zone => id... }
  subnet_of_zone  = { for zone, ids in local.subnets_by_zone : zone => sort(ids)[0] }

  # In the default VPC all subnets are public, and a task without a public address can't reach AWS.
  assign_public_ip = coalesce(var.ASSIGN_PUBLIC_IP, var.VPC_ID == null)

  vpc_cidr_blocks = distinct(concat(
    [data.aws_vpc.this.cidr_block],
    [for association in data.aws_vpc.this.cidr_block_associations : association.cidr_block if association.state == "associated"],
  ))

  # The database may be in its security group, at given addresses, or both; otherwise it may be anywhere in the VPC.
  database_cidr_blocks = (
    var.DATABASE_CIDR_BLOCKS != null ? var.DATABASE_CIDR_BLOCKS :
    var.DATABASE_SECURITY_GROUP_ID != null ? [] : local.vpc_cidr_blocks
  )

  # Replicas are in the database's security group unless they have groups of their own, and may use other ports. Only
  # the producer reads their lag.
  replica_groups = length(var.REPLICA_SECURITY_GROUP_IDS) > 0 ? var.REPLICA_SECURITY_GROUP_IDS : toset(compact([var.DATABASE_SECURITY_GROUP_ID]))
  replica_ports = toset([
    for replica in var.THROTTLE_REPLICAS : tonumber(try(regex(":([0-9]+)$", replica)[0], var.DATABASE_PORT))
  ])

  http_clients = merge(
    { for block in var.HTTP_CLIENT_CIDR_BLOCKS : block => { cidr = block, group = null } },
    { for id in var.HTTP_CLIENT_SECURITY_GROUP_IDS : id => { cidr = null, group = id } },
  )

  service_security_groups = {
    producer = aws_security_group.producer.id
    consumer = aws_security_group.consumer.id
  }

  # One entry for each service, port and target. Equal ones merge: a replica in the database's group on the same port.
  database_cidr_egress = merge(
    {
      for pair in setproduct(keys(local.service_security_groups), local.database_cidr_blocks) :
      "${pair[0]}-${var.DATABASE_PORT}-${pair[1]}" => { service = pair[0], port = var.DATABASE_PORT, cidr = pair[1] }
    },
    {
      for pair in setproduct(local.replica_ports, local.database_cidr_blocks) :
      "producer-${pair[0]}-${pair[1]}" => { service = "producer", port = pair[0], cidr = pair[1] }
    },
  )
  database_group_egress = merge(
    {
      for pair in setproduct(keys(local.service_security_groups), compact([var.DATABASE_SECURITY_GROUP_ID])) :
      "${pair[0]}-${var.DATABASE_PORT}-${pair[1]}" => { service = pair[0], port = var.DATABASE_PORT, group = pair[1] }
    },
    {
      for pair in setproduct(local.replica_ports, local.replica_groups) :
      "producer-${pair[0]}-${pair[1]}" => { service = "producer", port = pair[0], group = pair[1] }
    },
  )
}

resource "aws_security_group" "producer" {
  name_prefix = "${var.CLUSTER_NAME}-producer-"
  description = "Rehome producer and its Redis"
  vpc_id      = data.aws_vpc.this.id
  tags        = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "consumer" {
  name_prefix = "${var.CLUSTER_NAME}-consumer-"
  description = "Rehome consumers"
  vpc_id      = data.aws_vpc.this.id
  tags        = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "efs" {
  name_prefix = "${var.CLUSTER_NAME}-efs-"
  description = "Rehome file system with the Redis data"
  vpc_id      = data.aws_vpc.this.id
  tags        = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

# Redis admits only the consumers. The producer is in the same task and needs no rule.

resource "aws_vpc_security_group_ingress_rule" "redis_from_consumer" {
  security_group_id            = aws_security_group.producer.id
  description                  = "Consumers to Redis"
  ip_protocol                  = "tcp"
  from_port                    = local.redis_admitted_port
  to_port                      = local.redis_admitted_port
  referenced_security_group_id = aws_security_group.consumer.id
  tags                         = local.tags
}

resource "aws_vpc_security_group_egress_rule" "consumer_to_redis" {
  security_group_id            = aws_security_group.consumer.id
  description                  = "Consumers to Redis"
  ip_protocol                  = "tcp"
  from_port                    = local.redis_admitted_port
  to_port                      = local.redis_admitted_port
  referenced_security_group_id = aws_security_group.producer.id
  tags                         = local.tags
}

# The dashboard, for the clients that HTTP_CLIENT_... names.

resource "aws_vpc_security_group_ingress_rule" "dashboard" {
  for_each = local.http_clients

  security_group_id            = aws_security_group.producer.id
  description                  = "To the dashboard"
  ip_protocol                  = "tcp"
  from_port                    = local.http_port
  to_port                      = local.http_port
  cidr_ipv4                    = each.value.cidr
  referenced_security_group_id = each.value.group
  tags                         = local.tags
}

# The file system admits only the producer's task, which Redis is part of.

resource "aws_vpc_security_group_ingress_rule" "efs_from_producer" {
  security_group_id            = aws_security_group.efs.id
  description                  = "Redis to its file system"
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
  referenced_security_group_id = aws_security_group.producer.id
  tags                         = local.tags
}

resource "aws_vpc_security_group_egress_rule" "producer_to_efs" {
  security_group_id            = aws_security_group.producer.id
  description                  = "Redis to its file system"
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
  referenced_security_group_id = aws_security_group.efs.id
  tags                         = local.tags
}

# AWS has no fixed addresses, so outgoing HTTPS is open; all other outgoing traffic is limited. DNS queries go to the
# VPC's resolver, which security groups don't filter.

#trivy:ignore:AVD-AWS-0104 AWS publishes no fixed addresses for S3, ECR, ECS, Secrets Manager and CloudWatch
resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = local.service_security_groups

  security_group_id = each.value
  description       = "HTTPS to AWS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = local.tags
}

resource "aws_vpc_security_group_egress_rule" "database" {
  for_each = local.database_cidr_egress

  security_group_id = local.service_security_groups[each.value.service]
  description       = "To the database"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
  tags              = local.tags
}

resource "aws_vpc_security_group_egress_rule" "database_group" {
  for_each = local.database_group_egress

  security_group_id            = local.service_security_groups[each.value.service]
  description                  = "To the database"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = each.value.group
  tags                         = local.tags
}

# Admits the services at the security groups of the database and its replicas.
resource "aws_vpc_security_group_ingress_rule" "database" {
  for_each = local.database_group_egress

  security_group_id            = each.value.group
  description                  = "Rehome ${each.value.service}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = local.service_security_groups[each.value.service]
  tags                         = local.tags
}

# A gateway endpoint is free and keeps S3 traffic off a NAT gateway, which charges for each request's bytes. It is off by
# default, because a route table accepts only one and many VPCs have it already.

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
  tags              = local.tags
}

# Interface endpoints, for private subnets without a NAT gateway. AWS charges for each hour, endpoint and zone. Image layers
# and objects come from S3, so the gateway endpoint above is needed too.

locals {
  endpoint_services = toset(concat(
    ["ecr.api", "ecr.dkr", "ecs", "logs", "secretsmanager"],
    var.ECS_EXEC ? ["ssmmessages"] : [],
    contains(keys(var.EXTRA_SETTINGS), "TARGET_ROLE_ARN") ? ["sts"] : [],
  ))
}

resource "aws_security_group" "endpoints" {
  count = var.CREATE_INTERFACE_ENDPOINTS ? 1 : 0

  name_prefix = "${var.CLUSTER_NAME}-endpoints-"
  description = "Rehome endpoints of AWS services"
  vpc_id      = data.aws_vpc.this.id
  tags        = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = { for service, id in local.service_security_groups : service => id if var.CREATE_INTERFACE_ENDPOINTS }

  security_group_id            = aws_security_group.endpoints[0].id
  description                  = "HTTPS from the ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = each.value
  tags                         = local.tags
}

resource "aws_vpc_endpoint" "interface" {
  for_each = { for service in local.endpoint_services : service => service if var.CREATE_INTERFACE_ENDPOINTS }

  vpc_id              = data.aws_vpc.this.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.AWS_REGION}.${each.key}"
  subnet_ids          = values(local.subnet_of_zone)
  security_group_ids  = [aws_security_group.endpoints[0].id]
  private_dns_enabled = true
  tags                = merge(local.tags, { Name = "${var.CLUSTER_NAME}-${each.key}" })
}
