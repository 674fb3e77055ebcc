# The smallest stack: the default VPC, repositories and a cluster of its own.

provider "aws" {
  region = "eu-central-1"
}

# Apply this first, with -target=module.registry, and push the images: the services are planned with their digests.
module "registry" {
  source = "../../registry"
}

module "rehome" {
  source = "../.."

  AWS_REGION                  = "eu-central-1"
  SOURCE_S3_BUCKET            = "example-legacy-images"
  TARGET_S3_BUCKET            = "example-modern-images"
  LEGACY_S3_OBJECT_PREFIX     = "image/"
  TARGET_OBJECT_PREFIX        = "avatar/"
  DATABASE_HOST               = "shop.cluster-abc123.eu-central-1.rds.amazonaws.com"
  DATABASE_NAME               = "shop"
  DATABASE_TABLE_TO_UPDATE    = "pictures"
  TABLE_COLUMN_NAME_TO_UPDATE = "path"
  DB_USER                     = "rehome"
  DB_PASSWORD                 = var.DB_PASSWORD
  DATABASE_SECURITY_GROUP_ID  = "sg-0123456789abcdef0"
  IMAGE_TAG                   = "1.0.0"
}
