# What AWS would answer. Left to itself a mock makes up random words, which the real provider refuses wherever
# an ARN or an address block goes into another resource.

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "123456789012"
  }
}

mock_data "aws_partition" {
  defaults = {
    partition  = "aws"
    dns_suffix = "amazonaws.com"
  }
}

mock_data "aws_ecr_image" {
  defaults = {
    image_digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

mock_data "aws_vpc" {
  defaults = {
    id                      = "vpc-0aaa"
    cidr_block              = "172.31.0.0/16"
    cidr_block_associations = []
    enable_dns_support      = true
    enable_dns_hostnames    = true
  }
}

mock_data "aws_subnets" {
  defaults = {
    ids = ["subnet-0a", "subnet-0b"]
  }
}

mock_data "aws_route_tables" {
  defaults = {
    ids = ["rtb-0a", "rtb-0b"]
  }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = {
    arn = "arn:aws:logs:eu-central-1:123456789012:log-group:mock"
  }
}

mock_resource "aws_ecs_cluster" {
  defaults = {
    id  = "arn:aws:ecs:eu-central-1:123456789012:cluster/rehome"
    arn = "arn:aws:ecs:eu-central-1:123456789012:cluster/rehome"
  }
}

mock_resource "aws_ecs_task_definition" {
  defaults = {
    arn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/mock:1"
  }
}

mock_resource "aws_efs_access_point" {
  defaults = {
    id  = "fsap-0abc"
    arn = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0abc"
  }
}

mock_resource "aws_efs_file_system" {
  defaults = {
    id  = "fs-0abc"
    arn = "arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-0abc"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::123456789012:role/mock"
  }
}

mock_resource "aws_secretsmanager_secret" {
  defaults = {
    id  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mock-AbCdEf"
    arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mock-AbCdEf"
  }
}

mock_resource "aws_service_discovery_service" {
  defaults = {
    arn = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-0abc"
  }
}
