# Private subnets without a NAT gateway: the tasks reach AWS only through endpoints.

provider "aws" {
  region = "eu-central-1"
}

module "rehome" {
  source = "../.."

  AWS_REGION = "eu-central-1"

  CREATE_CLUSTER             = false
  CLUSTER_NAME               = "shared"
  VPC_ID                     = "vpc-0123456789abcdef0"
  SUBNET_IDS                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  CREATE_INTERFACE_ENDPOINTS = true
  CREATE_S3_GATEWAY_ENDPOINT = true
  PERMISSIONS_BOUNDARY_ARN   = "arn:aws:iam::123456789012:policy/team-boundary"
  ALARM_TOPIC_ARN            = "arn:aws:sns:eu-central-1:123456789012:operators"
  ECS_EXEC                   = true
  TAGS                       = { Team = "images" }

  SOURCE_S3_BUCKET            = "example-legacy-images"
  TARGET_S3_BUCKET            = "example-modern-images"
  LEGACY_S3_OBJECT_PREFIX     = "image/"
  TARGET_OBJECT_PREFIX        = "avatar/"
  DATABASE_HOST               = "shop.cluster-abc123.eu-central-1.rds.amazonaws.com"
  DATABASE_NAME               = "shop"
  DATABASE_TABLE_TO_UPDATE    = "pictures"
  TABLE_COLUMN_NAME_TO_UPDATE = "path"
  DB_USER                     = "rehome"
  DB_SECRET_ARN               = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/shop-AbCdEf"
  DATABASE_SECURITY_GROUP_ID  = "sg-0123456789abcdef0"
  THROTTLE_REPLICAS           = ["shop-replica.abc123.eu-central-1.rds.amazonaws.com"]
  REPLICA_SECURITY_GROUP_IDS  = ["sg-0123456789abcdef1"]
  IMAGE_TAG                   = "1.0.0"
}
