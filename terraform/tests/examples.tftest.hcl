# The examples and the registry, as roots of their own.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "default_vpc" {
  command = plan

  module {
    source = "./examples/default-vpc"
  }

  variables {
    DB_PASSWORD = "plain-text-of-the-test"
  }

  assert {
    condition     = strcontains(output.commands.watch, "/ecs/rehome/s3Mig_producer_service")
    error_message = "The example must plan the stack with its default names."
  }
}

run "private_subnets" {
  command = plan

  module {
    source = "./examples/private-subnets"
  }

  override_data {
    target = module.rehome.data.aws_ecs_cluster.existing
    values = {
      arn    = "arn:aws:ecs:eu-central-1:123456789012:cluster/shared"
      status = "ACTIVE"
    }
  }

  assert {
    condition     = strcontains(output.commands.pause, "--cluster shared")
    error_message = "The example must use the existing cluster."
  }
}

run "another_account" {
  command = plan

  module {
    source = "./examples/another-account"
  }

  assert {
    condition = [for statement in jsondecode(output.target_bucket_policy).Statement : [statement.Action, statement.Resource]] == [
      [["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging"], "arn:aws:s3:::example-images-of-another-account/avatar/*"],
      [["s3:GetObject"], "arn:aws:s3:::example-images-of-another-account/avatar/*"],
      [["s3:ListBucket"], "arn:aws:s3:::example-images-of-another-account"],
    ]
    error_message = "The bucket policy must grant what the roles of consumers and producer use in the target bucket."
  }
}

run "registry" {
  command = plan

  module {
    source = "./registry"
  }

  assert {
    condition = jsonencode({ for name, repository in aws_ecr_repository.this : name => [repository.name, repository.image_tag_mutability, repository.image_scanning_configuration[0].scan_on_push, repository.encryption_configuration[0].encryption_type, repository.tags, repository.force_delete] }) == jsonencode({
      for name in ["rehome-producer", "rehome-consumer"] : name => [name, "IMMUTABLE", true, "AES256", { Project = "rehome" }, null]
    })
    error_message = "The repositories must be immutable, scanned and encrypted, and not deleted with images in them."
  }

  assert {
    condition = length(aws_iam_role.release) == 0 && { for name, policy in aws_ecr_lifecycle_policy.this : name => [policy.repository, [for rule in jsondecode(policy.policy).rules : [rule.rulePriority, rule.selection, rule.action.type]]] } == {
      for name in ["rehome-producer", "rehome-consumer"] : name => [name, [
        [1, { tagStatus = "tagged", tagPatternList = ["*"], countType = "imageCountMoreThan", countNumber = 60 }, "expire"],
      ]]
    }
    error_message = "The latest 60 tagged images must be kept, and no rule may expire signatures, which are untagged."
  }
}

run "registry_with_an_own_key" {
  command = plan

  module {
    source = "./registry"
  }

  variables {
    REPOSITORY_NAMES = ["photo"]
    KEPT_IMAGES      = 6
    KMS_KEY_ARN      = "arn:aws:kms:eu-central-1:123456789012:key/own"
    TAGS             = { Team = "images" }
  }

  assert {
    condition     = jsonencode([for repository in aws_ecr_repository.this : [repository.encryption_configuration[0].encryption_type, repository.encryption_configuration[0].kms_key, repository.tags]]) == jsonencode([["KMS", "arn:aws:kms:eu-central-1:123456789012:key/own", { Project = "rehome", Team = "images" }]])
    error_message = "The key and the tags must be used."
  }
}

run "registry_with_a_release_role" {
  command = plan

  module {
    source = "./registry"
  }

  variables {
    GITHUB_REPOSITORY = "example/rehome"
  }

  override_data {
    target = data.aws_iam_openid_connect_provider.github
    values = {
      arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    }
  }

  override_resource {
    target          = aws_ecr_repository.this["rehome-producer"]
    override_during = plan
    values = {
      arn = "arn:aws:ecr:eu-central-1:123456789012:repository/rehome-producer"
    }
  }

  override_resource {
    target          = aws_ecr_repository.this["rehome-consumer"]
    override_during = plan
    values = {
      arn = "arn:aws:ecr:eu-central-1:123456789012:repository/rehome-consumer"
    }
  }

  assert {
    condition = jsondecode(aws_iam_role.release[0].assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:example/rehome:ref:refs/tags/v*" }
      }
    }]
    error_message = "Only workflows of the repository's version tags may assume the role."
  }

  assert {
    condition = aws_iam_role_policy.release[0].role == aws_iam_role.release[0].id && jsondecode(aws_iam_role_policy.release[0].policy).Statement == [
      {
        Sid      = "LogInToTheRegistry"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"]
      },
      {
        Sid    = "PushImages"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
        ]
        Resource = [
          "arn:aws:ecr:eu-central-1:123456789012:repository/rehome-consumer",
          "arn:aws:ecr:eu-central-1:123456789012:repository/rehome-producer",
        ]
      },
    ]
    error_message = "The role must push to the two repositories, and nothing else."
  }
}

run "registry_settings_1" {
  command = plan

  module {
    source = "./registry"
  }

  variables {
    # capitals
    REPOSITORY_NAMES = ["photo", "Photo"]
    # too few for one release
    KEPT_IMAGES = 5
    # alias
    KMS_KEY_ARN = "alias/own"
    # every repository of the owner
    GITHUB_REPOSITORY = "example/*"
  }

  expect_failures = [var.REPOSITORY_NAMES, var.KEPT_IMAGES, var.KMS_KEY_ARN, var.GITHUB_REPOSITORY]
}

run "registry_settings_2" {
  command = plan

  module {
    source = "./registry"
  }

  variables {
    # too short
    REPOSITORY_NAMES = ["p"]
    # too many
    KEPT_IMAGES = 1001
    # alias
    KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/own"
    # address
    GITHUB_REPOSITORY = "https://github.com/example/rehome"
  }

  expect_failures = [var.REPOSITORY_NAMES, var.KEPT_IMAGES, var.KMS_KEY_ARN, var.GITHUB_REPOSITORY]
}

run "registry_settings_3" {
  command = plan

  module {
    source = "./registry"
  }

  variables {
    # too long
    REPOSITORY_NAMES = [join("", [for i in range(257) : "p"])]
    # broken
    KEPT_IMAGES = 60.5
    # account too short
    KMS_KEY_ARN = "arn:aws:kms:eu-central-1:12345678901:key/own"
    # without a name
    GITHUB_REPOSITORY = "example/"
  }

  expect_failures = [var.REPOSITORY_NAMES, var.KEPT_IMAGES, var.KMS_KEY_ARN, var.GITHUB_REPOSITORY]
}

run "registry_settings_4" {
  command = plan

  module {
    source = "./registry"
  }

  variables {
    # accepted: every character
    REPOSITORY_NAMES = ["0z9/a_b.c-d__e/9", "ab", join("", [for i in range(256) : "p"])]
    # accepted: highest
    KEPT_IMAGES = 1000
    # accepted: another partition
    KMS_KEY_ARN = "arn:aws-us-gov:kms:us-gov-west-1:012345678901:key/mrk-0123456789abcdef"
    # without an owner
    GITHUB_REPOSITORY = "rehome"
  }

  expect_failures = [var.GITHUB_REPOSITORY]
}
