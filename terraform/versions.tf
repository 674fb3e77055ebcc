# 1.11 is the first version with write-only arguments, which keep passwords out of the state.
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
  region = var.AWS_REGION

  default_tags {
    tags = merge({ Project = "rehome", Cluster = var.CLUSTER_NAME }, var.TAGS)
  }
}
