# 1.11 is the first version with write-only arguments, which keep passwords out of the state.
# No provider block, so that the stack can be called as a module with count, for_each or an alias.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
