# Which traffic is allowed. Applied to the mock, because groups have no id before an apply.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "rules" {
  assert {
    condition     = length(distinct([aws_security_group.producer.id, aws_security_group.consumer.id, aws_security_group.efs.id])) == 3
    error_message = "The three groups must have different ids, or the other assertions prove nothing."
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.redis_from_consumer.security_group_id == aws_security_group.producer.id,
      aws_vpc_security_group_ingress_rule.redis_from_consumer.referenced_security_group_id == aws_security_group.consumer.id,
      aws_vpc_security_group_ingress_rule.redis_from_consumer.from_port == 6379,
      aws_vpc_security_group_ingress_rule.redis_from_consumer.to_port == 6379,
      aws_vpc_security_group_egress_rule.consumer_to_redis.security_group_id == aws_security_group.consumer.id,
      aws_vpc_security_group_egress_rule.consumer_to_redis.referenced_security_group_id == aws_security_group.producer.id,
      aws_vpc_security_group_egress_rule.consumer_to_redis.from_port == 6379,
      aws_vpc_security_group_egress_rule.consumer_to_redis.to_port == 6379,
    ])
    error_message = "Only the consumers may reach Redis."
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.efs_from_producer.security_group_id == aws_security_group.efs.id,
      aws_vpc_security_group_ingress_rule.efs_from_producer.referenced_security_group_id == aws_security_group.producer.id,
      aws_vpc_security_group_ingress_rule.efs_from_producer.from_port == 2049,
      aws_vpc_security_group_ingress_rule.efs_from_producer.to_port == 2049,
      aws_vpc_security_group_egress_rule.producer_to_efs.security_group_id == aws_security_group.producer.id,
      aws_vpc_security_group_egress_rule.producer_to_efs.referenced_security_group_id == aws_security_group.efs.id,
      aws_vpc_security_group_egress_rule.producer_to_efs.from_port == 2049,
      aws_vpc_security_group_egress_rule.producer_to_efs.to_port == 2049,
    ])
    error_message = "Only the producer's task may reach the file system."
  }

  assert {
    condition = toset(keys(aws_vpc_security_group_egress_rule.https)) == toset(["producer", "consumer"]) && alltrue([
      for rule in aws_vpc_security_group_egress_rule.https : rule.from_port == 443 && rule.to_port == 443 && rule.ip_protocol == "tcp"
    ])
    error_message = "Only HTTPS may leave to any address."
  }

  assert {
    condition = { for name, rule in aws_vpc_security_group_egress_rule.database : name => [rule.cidr_ipv4, rule.from_port, rule.to_port] } == {
      "producer-3306-172.31.0.0/16" = ["172.31.0.0/16", 3306, 3306]
      "consumer-3306-172.31.0.0/16" = ["172.31.0.0/16", 3306, 3306]
    }
    error_message = "By default the database must be reachable only inside the VPC."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.dashboard) == 0
    error_message = "Nobody may reach the dashboard unless the settings say so."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.database) == 0
    error_message = "Without DATABASE_SECURITY_GROUP_ID no existing group may be changed."
  }

  assert {
    condition     = alltrue([for target in aws_efs_mount_target.redis : target.security_groups == toset([aws_security_group.efs.id])])
    error_message = "Mount targets must be in the file system's group."
  }

  assert {
    condition = alltrue([
      one(aws_ecs_service.s3Mig_producer_service.network_configuration).security_groups == toset([aws_security_group.producer.id]),
      one(aws_ecs_service.s3Mig_consumer_service.network_configuration).security_groups == toset([aws_security_group.consumer.id]),
    ])
    error_message = "Each service must be in its own group."
  }

  assert {
    condition = alltrue([
      one(aws_ecs_service.s3Mig_producer_service.network_configuration).assign_public_ip,
      one(aws_ecs_service.s3Mig_consumer_service.network_configuration).assign_public_ip,
    ])
    error_message = "In the default VPC tasks need a public address."
  }
}

run "clients_of_the_dashboard" {
  variables {
    HTTP_BIND                      = "0.0.0.0"
    HTTP_CLIENT_CIDR_BLOCKS        = ["10.8.0.0/16"]
    HTTP_CLIENT_SECURITY_GROUP_IDS = ["sg-0bastion"]
    HTTP_TOKEN_SECRET_ARN          = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dashboard-Aa1Bb2"
  }

  assert {
    condition = {
      for name, rule in aws_vpc_security_group_ingress_rule.dashboard : name => [rule.security_group_id, join(" and ", compact([rule.cidr_ipv4, rule.referenced_security_group_id])), rule.from_port, rule.to_port]
      } == {
      "10.8.0.0/16" = [aws_security_group.producer.id, "10.8.0.0/16", 8080, 8080]
      "sg-0bastion" = [aws_security_group.producer.id, "sg-0bastion", 8080, 8080]
    }
    error_message = "The dashboard must admit the given clients, and only on its port."
  }
}

run "addresses_of_the_vpc" {
  override_data {
    target = data.aws_vpc.this
    values = {
      id         = "vpc-0aaa"
      cidr_block = "172.31.0.0/16"
      cidr_block_associations = [
        { association_id = "a", cidr_block = "172.31.0.0/16", state = "associated" },
        { association_id = "b", cidr_block = "100.64.0.0/16", state = "associated" },
        { association_id = "c", cidr_block = "10.7.0.0/16", state = "disassociated" },
      ]
    }
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_egress_rule.database : rule.cidr_ipv4]) == toset(["172.31.0.0/16", "100.64.0.0/16"])
    error_message = "The database may be in every block that belongs to the VPC, and in no other."
  }
}

run "group_of_the_database" {
  variables {
    DATABASE_SECURITY_GROUP_ID = "sg-0db"
    DATABASE_PORT              = 3307
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.database) == 0
    error_message = "With the database's group, no address block may be opened."
  }

  assert {
    condition = {
      for name, rule in aws_vpc_security_group_egress_rule.database_group : name => [rule.security_group_id, rule.referenced_security_group_id, rule.from_port, rule.to_port]
      } == {
      "producer-3307-sg-0db" = [aws_security_group.producer.id, "sg-0db", 3307, 3307]
      "consumer-3307-sg-0db" = [aws_security_group.consumer.id, "sg-0db", 3307, 3307]
    }
    error_message = "Both services must reach the database's group, only on its port."
  }

  assert {
    condition = {
      for name, rule in aws_vpc_security_group_ingress_rule.database : name => [rule.security_group_id, rule.referenced_security_group_id, rule.from_port, rule.to_port]
      } == {
      "producer-3307-sg-0db" = ["sg-0db", aws_security_group.producer.id, 3307, 3307]
      "consumer-3307-sg-0db" = ["sg-0db", aws_security_group.consumer.id, 3307, 3307]
    }
    error_message = "The database's group must admit both services, only on its port."
  }
}

run "replicas_in_the_group_of_the_database" {
  variables {
    DATABASE_SECURITY_GROUP_ID = "sg-0db"
    THROTTLE_REPLICAS          = ["replica-1", "replica-2:3307", "[fd00::1]:3308"]
  }

  assert {
    condition = {
      for name, rule in aws_vpc_security_group_egress_rule.database_group : name => [rule.security_group_id, rule.referenced_security_group_id, rule.from_port, rule.to_port]
      } == {
      "producer-3306-sg-0db" = [aws_security_group.producer.id, "sg-0db", 3306, 3306]
      "consumer-3306-sg-0db" = [aws_security_group.consumer.id, "sg-0db", 3306, 3306]
      "producer-3307-sg-0db" = [aws_security_group.producer.id, "sg-0db", 3307, 3307]
      "producer-3308-sg-0db" = [aws_security_group.producer.id, "sg-0db", 3308, 3308]
    }
    error_message = "The producer must reach each replica's port in the database's group."
  }

  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.database) == keys(aws_vpc_security_group_egress_rule.database_group)
    error_message = "The database's group must admit what the services may reach."
  }
}

run "replicas_in_groups_and_at_addresses_of_their_own" {
  variables {
    DATABASE_SECURITY_GROUP_ID = "sg-0db"
    DATABASE_CIDR_BLOCKS       = ["10.9.0.0/16"]
    REPLICA_SECURITY_GROUP_IDS = ["sg-0replica"]
    THROTTLE_REPLICAS          = ["replica-1:3307"]
  }

  assert {
    condition     = keys(aws_vpc_security_group_egress_rule.database_group) == ["consumer-3306-sg-0db", "producer-3306-sg-0db", "producer-3307-sg-0replica"]
    error_message = "The replicas' groups must take the place of the database's for the replicas' ports."
  }

  assert {
    condition     = keys(aws_vpc_security_group_egress_rule.database) == ["consumer-3306-10.9.0.0/16", "producer-3306-10.9.0.0/16", "producer-3307-10.9.0.0/16"]
    error_message = "DATABASE_CIDR_BLOCKS must apply beside the groups, for database and replicas."
  }
}

run "addresses_of_the_database" {
  variables {
    DATABASE_CIDR_BLOCKS = ["10.1.2.0/24", "10.1.3.0/24"]
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_egress_rule.database : rule.cidr_ipv4]) == toset(["10.1.2.0/24", "10.1.3.0/24"]) && length(aws_vpc_security_group_egress_rule.database) == 4
    error_message = "Each service must reach each given block, and no other."
  }
}

run "own_network_has_no_public_address" {
  variables {
    VPC_ID     = "vpc-0own"
    SUBNET_IDS = ["subnet-0x", "subnet-0y", "subnet-0z"]
  }

  assert {
    condition = alltrue([
      for service in [aws_ecs_service.s3Mig_producer_service, aws_ecs_service.s3Mig_consumer_service] :
      one(service.network_configuration).subnets == toset(["subnet-0x", "subnet-0y", "subnet-0z"]) && one(service.network_configuration).assign_public_ip == false
    ])
    error_message = "The given subnets must be used, without public addresses."
  }
}

run "own_network_with_public_address" {
  variables {
    VPC_ID           = "vpc-0own"
    SUBNET_IDS       = ["subnet-0x"]
    ASSIGN_PUBLIC_IP = true
  }

  assert {
    condition     = one(aws_ecs_service.s3Mig_consumer_service.network_configuration).assign_public_ip
    error_message = "ASSIGN_PUBLIC_IP must decide about public addresses."
  }
}

run "own_network_without_names_is_refused" {
  command = plan

  variables {
    VPC_ID     = "vpc-0own"
    SUBNET_IDS = ["subnet-0x"]
  }

  override_data {
    target = data.aws_vpc.this
    values = {
      cidr_block           = "10.0.0.0/16"
      enable_dns_support   = true
      enable_dns_hostnames = false
    }
  }

  expect_failures = [data.aws_vpc.this]
}
