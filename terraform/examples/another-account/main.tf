# The target bucket belongs to another account. Two ways:
#
# 1. Its bucket policy admits the consumers' role. That is this example: the output target_bucket_policy is the policy
#    which the owner of the bucket sets there. With TARGET_ACL = "bucket-owner-full-control" the copies also belong to
#    the bucket's account where object ownership isn't enforced; the stack then grants s3:PutObjectAcl.
# 2. A role in the other account, which may read the source and write the target: EXTRA_SETTINGS = { TARGET_ROLE_ARN = … }.
#    The stack grants sts:AssumeRole on it; the role's trust policy must admit the consumers' role, and the source
#    bucket's policy must admit the other account's role.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "rehome" {
  source = "../.."

  AWS_REGION                  = "eu-central-1"
  SOURCE_S3_BUCKET            = "example-legacy-images"
  TARGET_S3_BUCKET            = "example-images-of-another-account"
  LEGACY_S3_OBJECT_PREFIX     = "image/"
  TARGET_OBJECT_PREFIX        = "avatar/"
  DATABASE_HOST               = "shop.cluster-abc123.eu-central-1.rds.amazonaws.com"
  DATABASE_NAME               = "shop"
  DATABASE_TABLE_TO_UPDATE    = "pictures"
  TABLE_COLUMN_NAME_TO_UPDATE = "path"
  DB_USER                     = "rehome"
  DB_SECRET_ARN               = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/shop-AbCdEf"
  DATABASE_SECURITY_GROUP_ID  = "sg-0123456789abcdef0"
  IMAGE_TAG                   = "1.0.0"
  EXTRA_SETTINGS              = { TARGET_ACL = "bucket-owner-full-control" }
}

output "target_bucket_policy" {
  description = "Policy of the target bucket, to be set by its owner."
  value = jsonencode({
    Version   = "2012-10-17"
    Statement = module.rehome.bucket_policies.target
  })
}
