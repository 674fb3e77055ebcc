# ECR repositories for the images: a stack of its own, because the images must be pushed before the services are planned.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "REPOSITORY_NAMES" {
  description = "Names of the repositories. The producer's also holds the Redis image."
  type        = set(string)
  default     = ["rehome-producer", "rehome-consumer"]
  nullable    = false

  validation {
    condition     = alltrue([for name in var.REPOSITORY_NAMES : can(regex("^[a-z0-9]+([._/-]+[a-z0-9]+)*$", name)) && length(name) >= 2 && length(name) <= 256])
    error_message = "REPOSITORY_NAMES must be names of ECR repositories: 2 to 256 lower-case letters, digits and separators (. _ / -)."
  }
}

variable "KEPT_IMAGES" {
  description = "Number of tagged images to keep in each repository. A release adds three (two architectures and their index), and six in the producer's, which also holds Redis."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.KEPT_IMAGES >= 6 && var.KEPT_IMAGES <= 1000 && floor(var.KEPT_IMAGES) == var.KEPT_IMAGES
    error_message = "KEPT_IMAGES must be a whole number from 6 to 1000."
  }
}

variable "KMS_KEY_ARN" {
  description = "Customer managed KMS key for the images. null: encryption by ECR itself."
  type        = string
  default     = null

  validation {
    condition     = var.KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.KMS_KEY_ARN))
    error_message = "KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

variable "GITHUB_REPOSITORY" {
  description = "Repository on GitHub, as owner/name, whose version tags may push images: the role for RELEASE_ROLE_ARN of .github/workflows/images.yml. The account needs the identity provider token.actions.githubusercontent.com. null: no role."
  type        = string
  default     = null

  validation {
    condition     = var.GITHUB_REPOSITORY == null ? true : can(regex("^[0-9A-Za-z-]+/[0-9A-Za-z._-]+$", var.GITHUB_REPOSITORY))
    error_message = "GITHUB_REPOSITORY must be owner/name."
  }
}

variable "TAGS" {
  description = "Tags for all resources, in addition to Project."
  type        = map(string)
  default     = {}
  nullable    = false
}

#trivy:ignore:AVD-AWS-0033 ECR encrypts by default; KMS_KEY_ARN sets another key
resource "aws_ecr_repository" "this" {
  #checkov:skip=CKV_AWS_136:ECR encrypts by default; KMS_KEY_ARN sets another key.
  for_each = var.REPOSITORY_NAMES

  name                 = each.value
  image_tag_mutability = "IMMUTABLE"
  tags                 = merge({ Project = "rehome" }, var.TAGS)

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = var.KMS_KEY_ARN == null ? "AES256" : "KMS"
    kms_key         = var.KMS_KEY_ARN
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name

  # No rule for untagged images: an immutable tag leaves none behind, and signatures are untagged. ECR removes a signature
  # together with its image.
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Older releases"
      selection    = { tagStatus = "tagged", tagPatternList = ["*"], countType = "imageCountMoreThan", countNumber = var.KEPT_IMAGES }
      action       = { type = "expire" }
    }]
  })
}

# The role that a release assumes with its OIDC token, so that no key of AWS is stored on GitHub. Only workflows of a version
# tag get such a token.

data "aws_iam_openid_connect_provider" "github" {
  count = var.GITHUB_REPOSITORY == null ? 0 : 1

  url = "https://token.actions.githubusercontent.com"
}

resource "aws_iam_role" "release" {
  count = var.GITHUB_REPOSITORY == null ? 0 : 1

  name_prefix = "rehome-release-"
  description = "Rehome: pushes the images of a release"
  tags        = merge({ Project = "rehome" }, var.TAGS)

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = data.aws_iam_openid_connect_provider.github[0].arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:${var.GITHUB_REPOSITORY}:ref:refs/tags/v*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "release" {
  count = var.GITHUB_REPOSITORY == null ? 0 : 1

  name = "release"
  role = aws_iam_role.release[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LogInToTheRegistry"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"]
      },
      {
        # Reading serves the index of both architectures and the signature.
        Sid    = "PushImages"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
        ]
        Resource = values(aws_ecr_repository.this)[*].arn
      },
    ]
  })
}

output "release_role_arn" {
  description = "Role for RELEASE_ROLE_ARN, or null without GITHUB_REPOSITORY."
  value       = one(aws_iam_role.release[*].arn)
}

output "repository_urls" {
  description = "Addresses to push to, by repository name."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
