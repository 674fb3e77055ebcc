# Values that AWS would return. Without them a mock makes up random words, which the real provider rejects wherever a
# resource takes an ARN or an address block.

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

mock_data "aws_region" {
  defaults = {
    region = "eu-central-1"
  }
}

mock_data "aws_ecs_cluster" {
  defaults = {
    arn    = "arn:aws:ecs:eu-central-1:123456789012:cluster/existing"
    status = "ACTIVE"
  }
}

# Resources of one type that others refer to have distinct ids, so that a test notices a reference to the wrong one.

override_resource {
  target = aws_security_group.producer
  values = {
    id = "sg-0producer"
  }
}

override_resource {
  target = aws_security_group.consumer
  values = {
    id = "sg-0consumer"
  }
}

override_resource {
  target = aws_security_group.efs
  values = {
    id = "sg-0efs"
  }
}

override_resource {
  target = aws_security_group.endpoints
  values = {
    id = "sg-0endpoints"
  }
}

override_resource {
  target = aws_iam_role.execution
  values = {
    id  = "rehome-execution"
    arn = "arn:aws:iam::123456789012:role/rehome-execution"
  }
}

override_resource {
  target = aws_iam_role.producer
  values = {
    id  = "rehome-producer"
    arn = "arn:aws:iam::123456789012:role/rehome-producer"
  }
}

override_resource {
  target = aws_iam_role.consumer
  values = {
    id  = "rehome-consumer"
    arn = "arn:aws:iam::123456789012:role/rehome-consumer"
  }
}

override_resource {
  target = aws_ecs_task_definition.s3Mig_producer_service
  values = {
    arn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/producer:1"
  }
}

override_resource {
  target = aws_cloudwatch_log_group.producer
  values = {
    arn = "arn:aws:logs:eu-central-1:123456789012:log-group:producer"
  }
}

override_resource {
  target = aws_ecs_task_definition.s3Mig_consumer_service
  values = {
    arn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/consumer:1"
  }
}

override_resource {
  target = aws_cloudwatch_log_group.consumer
  values = {
    arn = "arn:aws:logs:eu-central-1:123456789012:log-group:consumer"
  }
}

override_resource {
  target = aws_secretsmanager_secret.db
  values = {
    id  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-db-AbCdEf"
    arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-db-AbCdEf"
  }
}

override_resource {
  target = aws_secretsmanager_secret.redis
  values = {
    id  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-redis-AbCdEf"
    arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-redis-AbCdEf"
  }
}

override_resource {
  target = aws_service_discovery_private_dns_namespace.this
  values = {
    id = "ns-0abc"
  }
}

override_resource {
  target = aws_service_discovery_service.redis
  values = {
    id  = "srv-0abc"
    arn = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-0abc"
  }
}

override_data {
  target = data.aws_ecr_repository.producer
  values = {
    arn            = "arn:aws:ecr:eu-central-1:123456789012:repository/rehome-producer"
    repository_url = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome-producer"
  }
}

override_data {
  target = data.aws_ecr_repository.consumer
  values = {
    arn            = "arn:aws:ecr:eu-central-1:123456789012:repository/rehome-consumer"
    repository_url = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome-consumer"
  }
}

override_data {
  target = data.aws_ecr_image.producer
  values = {
    image_digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

override_data {
  target = data.aws_ecr_image.consumer
  values = {
    image_digest = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  }
}

override_data {
  target = data.aws_ecr_image.redis
  values = {
    image_digest = "sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
  }
}
