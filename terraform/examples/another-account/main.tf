# The target bucket belongs to another account, whose bucket policy admits the consumers' role: see README.md.

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
