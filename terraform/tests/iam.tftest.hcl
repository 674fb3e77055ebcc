# The statements of the policies. Whole statements are compared, so that none can be added unnoticed.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "trust" {
  command = plan

  assert {
    condition = alltrue([
      for role in [aws_iam_role.execution[0], aws_iam_role.producer[0], aws_iam_role.consumer[0]] : jsondecode(role.assume_role_policy).Statement == [{
        Effect    = "Allow"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "123456789012" }
          ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:eu-central-1:123456789012:*" }
        }
      }]
    ])
    error_message = "Only ECS tasks of this account and region may assume a role."
  }
}

run "execution" {
  command = plan

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.execution[0].policy).Statement : statement.Sid => [statement.Effect, statement.Action, statement.Resource] } == {
      LogInToTheRegistry = ["Allow", ["ecr:GetAuthorizationToken"], ["*"]]
      PullImages = ["Allow", ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], [
        "arn:aws:ecr:eu-central-1:123456789012:repository/rehome-producer",
        "arn:aws:ecr:eu-central-1:123456789012:repository/rehome-consumer",
      ]]
      WriteLogs = ["Allow", ["logs:CreateLogStream", "logs:PutLogEvents"], [
        "arn:aws:logs:eu-central-1:123456789012:log-group:producer:*",
        "arn:aws:logs:eu-central-1:123456789012:log-group:consumer:*",
      ]]
      InjectPasswords = ["Allow", ["secretsmanager:GetSecretValue"], [
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-db-AbCdEf",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-redis-AbCdEf",
      ]]
    }
    error_message = "The execution role must pull two images, write two logs, read two secrets, and nothing else."
  }
}

run "producer" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role_policy.producer[0].policy).Statement == [
      {
        Sid    = "ScaleToZero"
        Effect = "Allow"
        Action = ["ecs:DescribeServices", "ecs:UpdateService"]
        Resource = [
          "arn:aws:ecs:eu-central-1:123456789012:service/rehome/s3Mig_producer_service",
          "arn:aws:ecs:eu-central-1:123456789012:service/rehome/s3Mig_consumer_service",
        ]
        Condition = { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-central-1:123456789012:cluster/rehome" } }
      },
      {
        Sid       = "MountTheRedisDirectory"
        Effect    = "Allow"
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Resource  = ["arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-0abc"]
        Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0abc" } }
      },
      {
        Sid      = "CheckObjects"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["arn:aws:s3:::legacy-images/image/*", "arn:aws:s3:::modern-images/avatar/*"]
      },
      {
        Sid      = "TellMissingFromForbidden"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = ["arn:aws:s3:::legacy-images", "arn:aws:s3:::modern-images"]
      },
    ]
    error_message = "The producer must scale its two services and mount its directory and look at objects, and nothing else: no write to S3, no PassRole, no secret."
  }
}

run "with_a_manifest" {
  command = plan

  variables {
    MANIFEST = "s3://lists/2026/part 1+2.csv"
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.producer[0].policy).Statement : statement if !contains(["ScaleToZero", "MountTheRedisDirectory", "CheckObjects", "TellMissingFromForbidden"], statement.Sid)] == [{
      Sid      = "ReadTheManifest"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::lists/2026/part 1+2.csv"]
    }]
    error_message = "The producer must read the manifest, and nothing else of S3."
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.consumer[0].policy).Statement : statement.Resource if strcontains(jsonencode(statement.Action), "s3:")] == [
      ["arn:aws:s3:::legacy-images/*"],
      ["arn:aws:s3:::modern-images/*"],
      ["arn:aws:s3:::legacy-images", "arn:aws:s3:::modern-images"],
    ]
    error_message = "With a manifest consumers must read and write the two whole buckets, and nothing else."
  }
}

run "consumer" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role_policy.consumer[0].policy).Statement == [
      {
        Sid      = "ReadLegacyObjects"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectTagging"]
        Resource = ["arn:aws:s3:::legacy-images/image/*"]
      },
      {
        Sid      = "WriteMigratedObjects"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectTagging"]
        Resource = ["arn:aws:s3:::modern-images/avatar/*"]
      },
      {
        Sid      = "TellMissingFromForbidden"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = ["arn:aws:s3:::legacy-images", "arn:aws:s3:::modern-images"]
      },
      {
        Sid       = "SeeWhetherAProducerRuns"
        Effect    = "Allow"
        Action    = ["ecs:DescribeServices"]
        Resource  = ["arn:aws:ecs:eu-central-1:123456789012:service/rehome/s3Mig_producer_service"]
        Condition = { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-central-1:123456789012:cluster/rehome" } }
      },
      {
        Sid       = "ScaleTheirOwnService"
        Effect    = "Allow"
        Action    = ["ecs:UpdateService"]
        Resource  = ["arn:aws:ecs:eu-central-1:123456789012:service/rehome/s3Mig_consumer_service"]
        Condition = { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-central-1:123456789012:cluster/rehome" } }
      },
    ]
    error_message = "Consumers must read under the legacy prefix, write under the target prefix, scale only their own service, and never delete."
  }
}

run "consumer_in_one_bucket" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "legacy-images"
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.consumer[0].policy).Statement : statement.Sid => statement.Resource if strcontains(jsonencode(statement.Action), "s3:") } == {
      ReadLegacyObjects        = ["arn:aws:s3:::legacy-images/image/*"]
      WriteMigratedObjects     = ["arn:aws:s3:::legacy-images/avatar/*"]
      TellMissingFromForbidden = ["arn:aws:s3:::legacy-images"]
    }
    error_message = "In one bucket, reading and writing must be limited to their prefixes."
  }
}

run "file_system_policy" {
  command = plan

  assert {
    condition = jsondecode(aws_efs_file_system_policy.redis.policy).Statement == [
      {
        Sid       = "ProducerThroughAccessPoint"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:role/rehome-producer" }
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Resource  = "arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-0abc"
        Condition = {
          Bool         = { "aws:SecureTransport" = "true" }
          StringEquals = { "elasticfilesystem:AccessPointArn" = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0abc" }
        }
      },
      {
        Sid       = "NothingWithoutTls"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "*"
        Resource  = "arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-0abc"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
    error_message = "Only the producer may mount the file system, only through the access point and over TLS."
  }
}

run "secret_of_the_user" {
  command = plan

  variables {
    DB_PASSWORD           = null
    DB_SECRET_ARN         = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
    DB_SECRET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/db"
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.execution[0].policy).Statement : statement.Resource if statement.Sid == "InjectPasswords"] == [[
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8",
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rehome-redis-AbCdEf",
    ]]
    error_message = "The execution role must read the existing secret instead of one of the stack's."
  }

  assert {
    condition = alltrue([
      for policy in [aws_iam_role_policy.producer[0].policy, aws_iam_role_policy.consumer[0].policy] :
      [for statement in jsondecode(policy).Statement : [statement.Action, statement.Resource] if contains(["FollowRotationOfTheDatabasePassword", "DecryptTheDatabasePassword"], statement.Sid)] == [
        [["secretsmanager:GetSecretValue"], ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"]],
        [["kms:Decrypt"], ["arn:aws:kms:eu-central-1:123456789012:key/db"]],
      ]
    ])
    error_message = "Both programs must be able to read the existing secret, and no other, to follow its rotation."
  }
}

run "own_keys" {
  command = plan

  variables {
    KMS_KEY_ARN        = "arn:aws:kms:eu-central-1:123456789012:key/own"
    SOURCE_KMS_KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/source"
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/target"
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.execution[0].policy).Statement : [statement.Action, statement.Resource, statement.Condition] if startswith(statement.Sid, "DecryptSecrets")] == [
      [["kms:Decrypt"], ["arn:aws:kms:eu-central-1:123456789012:key/own"], { StringEquals = { "kms:ViaService" = "secretsmanager.eu-central-1.amazonaws.com" } }],
    ]
    error_message = "The execution role must decrypt with the stack's key, and only for Secrets Manager."
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.consumer[0].policy).Statement : [statement.Action, statement.Resource, statement.Condition] if endswith(statement.Sid, "cryptLegacyObjects") || endswith(statement.Sid, "cryptMigratedObjects")] == [
      [["kms:Decrypt"], ["arn:aws:kms:us-east-1:123456789012:key/source"], { StringEquals = { "kms:ViaService" = "s3.us-east-1.amazonaws.com" } }],
      [["kms:Decrypt", "kms:GenerateDataKey"], ["arn:aws:kms:eu-central-1:123456789012:key/target"], { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } }],
    ]
    error_message = "Consumers must decrypt the source and encrypt the target, each in the key's region and only for S3."
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.producer[0].policy, "kms:")
    error_message = "The producer needs no key."
  }
}

run "partition" {
  command = plan

  override_data {
    target = data.aws_region.current
    values = {
      region = "cn-north-1"
    }
  }

  override_data {
    target = data.aws_partition.current
    values = {
      partition  = "aws-cn"
      dns_suffix = "amazonaws.com.cn"
    }
  }

  variables {
    AWS_REGION                 = "cn-north-1"
    CREATE_INTERFACE_ENDPOINTS = true
    CREATE_S3_GATEWAY_ENDPOINT = true
    DB_PASSWORD                = null
    DB_SECRET_ARN              = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:prod/db-Zz9Yy8"
    DB_SECRET_KMS_KEY_ARN      = "arn:aws-cn:kms:cn-north-1:123456789012:key/db"
    ECS_EXEC                   = true
    KMS_KEY_ARN                = "arn:aws-cn:kms:cn-north-1:123456789012:key/own"
    MANIFEST                   = "s3://lists/part-1.csv"
    SOURCE_KMS_KEY_ARN         = "arn:aws-cn:kms:cn-northwest-1:123456789012:key/source"
    TARGET_KMS_KEY_ARN         = "arn:aws-cn:kms:cn-north-1:123456789012:key/target"
  }

  # Without the values that the mocks return, nothing may remain of their region and partition.
  assert {
    condition = length([
      for name, text in {
        consumer_policy   = aws_iam_role_policy.consumer[0].policy
        execution_policy  = aws_iam_role_policy.execution[0].policy
        producer_policy   = aws_iam_role_policy.producer[0].policy
        trust             = join("", [aws_iam_role.consumer[0].assume_role_policy, aws_iam_role.execution[0].assume_role_policy, aws_iam_role.producer[0].assume_role_policy])
        names             = join("", [aws_iam_role.consumer[0].name, aws_iam_role.execution[0].name, aws_iam_role.producer[0].name])
        consumer_task     = aws_ecs_task_definition.s3Mig_consumer_service.container_definitions
        producer_task     = aws_ecs_task_definition.s3Mig_producer_service.container_definitions
        endpoints         = jsonencode([aws_vpc_endpoint.s3[0].service_name, [for endpoint in aws_vpc_endpoint.interface : endpoint.service_name]])
        commands          = jsonencode(output.commands)
        console           = jsonencode(output.console)
        bucket_statements = jsonencode([for statement in concat(output.bucket_policies.source, output.bucket_policies.target) : statement.Resource])
      } : name
      if length(regexall("eu-central-1|arn:aws:|amazonaws\\.com\"|aws\\.amazon\\.com", replace(text, "/arn:aws:(ecr|elasticfilesystem|logs|secretsmanager):eu-central-1:[^\"]*|123456789012.dkr.ecr.eu-central-1.amazonaws.com|ecs-tasks.amazonaws.com/", ""))) > 0
    ]) == 0
    error_message = "Every name and ARN must follow region and partition."
  }

  assert {
    condition = toset(flatten([
      for policy in [aws_iam_role_policy.consumer[0].policy, aws_iam_role_policy.execution[0].policy, aws_iam_role_policy.producer[0].policy] :
      regexall("\"kms:ViaService\":\"([^\"]*)\"", policy)
    ])) == toset(["s3.cn-northwest-1.amazonaws.com.cn", "s3.cn-north-1.amazonaws.com.cn", "secretsmanager.cn-north-1.amazonaws.com.cn"])
    error_message = "Keys must be usable only through services of this partition, each in its region."
  }
}

run "provider_in_another_region_is_refused" {
  command = plan

  variables {
    AWS_REGION = "eu-west-1"
  }

  expect_failures = [data.aws_region.current]
}

run "attachment" {
  command = plan

  assert {
    condition = {
      for name, policy in { execution = aws_iam_role_policy.execution[0], producer = aws_iam_role_policy.producer[0], consumer = aws_iam_role_policy.consumer[0] } : name => policy.role
    } == { execution = "rehome-execution", producer = "rehome-producer", consumer = "rehome-consumer" }
    error_message = "Each policy must be attached to its own role."
  }
}

run "existing_roles_stay_as_they_are" {
  command = plan

  variables {
    EXECUTION_ROLE_ARN = "arn:aws:iam::123456789012:role/own-execution"
    PRODUCER_ROLE_ARN  = "arn:aws:iam::123456789012:role/own-producer"
    CONSUMER_ROLE_ARN  = "arn:aws:iam::123456789012:role/own-consumer"
  }

  assert {
    condition     = length(concat(aws_iam_role.execution, aws_iam_role.producer, aws_iam_role.consumer, aws_iam_role_policy.execution, aws_iam_role_policy.producer, aws_iam_role_policy.consumer)) == 0
    error_message = "The stack must neither create roles nor change existing ones."
  }

  assert {
    condition = [
      for task in [aws_ecs_task_definition.s3Mig_producer_service, aws_ecs_task_definition.s3Mig_consumer_service] : [task.execution_role_arn, task.task_role_arn]
      ] == [
      ["arn:aws:iam::123456789012:role/own-execution", "arn:aws:iam::123456789012:role/own-producer"],
      ["arn:aws:iam::123456789012:role/own-execution", "arn:aws:iam::123456789012:role/own-consumer"],
    ]
    error_message = "The tasks must use the existing roles."
  }
}

run "settings_that_need_rights_get_them" {
  command = plan

  variables {
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/target"
    EXTRA_SETTINGS = {
      TARGET_ROLE_ARN   = "arn:aws:iam::210987654321:role/writer"
      TARGET_ACL        = "bucket-owner-full-control"
      TARGET_KMS_KEY_ID = "arn:aws:kms:eu-central-1:123456789012:key/target"
      REPORT_LOCATION   = "s3://reports/rehome/"
    }
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.producer[0].policy).Statement : [statement.Action, statement.Resource] if statement.Sid == "WriteReports"] == [
      [["s3:PutObject"], ["arn:aws:s3:::reports/rehome/*"]],
    ]
    error_message = "REPORT_LOCATION must let the producer write there and nowhere else."
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.consumer[0].policy).Statement : [statement.Action, statement.Resource] if statement.Sid == "CopyByTheTargetRole"] == [
      [["sts:AssumeRole"], ["arn:aws:iam::210987654321:role/writer"]],
    ]
    error_message = "TARGET_ROLE_ARN must let the consumers assume this role and no other."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.consumer[0].policy).Statement : contains(statement.Action, "s3:PutObjectAcl") if statement.Sid == "WriteMigratedObjects"] == [true]
    error_message = "TARGET_ACL must grant s3:PutObjectAcl on the target."
  }
}

run "reports_in_a_directory_need_no_right" {
  command = plan

  variables {
    EXTRA_SETTINGS = { REPORT_LOCATION = "/tmp/reports" }
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.producer[0].policy, "s3:PutObject")
    error_message = "The producer must write to no bucket."
  }
}

run "exec_grants_the_channels_alone" {
  command = plan

  variables {
    ECS_EXEC = true
  }

  assert {
    condition = alltrue([
      for policy in [aws_iam_role_policy.producer[0].policy, aws_iam_role_policy.consumer[0].policy] :
      [for statement in jsondecode(policy).Statement : statement if statement.Sid == "OpenExecSessions"] == [{
        Sid      = "OpenExecSessions"
        Effect   = "Allow"
        Action   = ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]
        Resource = ["*"]
      }]
    ])
    error_message = "ECS Exec needs these four actions in both task roles."
  }

  assert {
    condition     = aws_ecs_service.s3Mig_producer_service.enable_execute_command && aws_ecs_service.s3Mig_consumer_service.enable_execute_command
    error_message = "ECS_EXEC must switch ECS Exec on for both services."
  }
}
