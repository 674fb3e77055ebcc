# ECR repositories for the images: a stack of its own, because the images must be pushed before the services are planned.

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

# The role that a release assumes with its OIDC token, so that no AWS key is stored on GitHub. Only workflows of a version
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
        # Reading is needed for the index of both architectures and for the signature.
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
