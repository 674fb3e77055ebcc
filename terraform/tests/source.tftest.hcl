# What a plan doesn't show, checked in the files: the set of resources, what Terraform ignores, the order, write-only
# arguments, and the names in the documents.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "declarations" {
  command = plan

  assert {
    condition = toset(flatten([
      for name in fileset(path.module, "*.tf") : [
        for words in regexall("(?m)^(resource|data|module|provider|import|removed|moved|check|ephemeral) *\"?([^\" {]*)\"? *\"?([^\" {]*)\"? *{", file("${path.module}/${name}")) :
        join(".", compact([words[0] == "resource" ? "" : words[0], words[1], words[2]]))
      ]
      ])) == toset(concat(
      ["data.aws_caller_identity.current", "data.aws_partition.current", "data.aws_region.current"],
      [
        for address in distinct(flatten([
          for name in fileset("${path.module}/tests/expected", "*.json") : keys(jsondecode(file("${path.module}/tests/expected/${name}")))
        ])) : split("[", address)[0] if address != "output"
      ],
    )) && output.cluster == "rehome"
    error_message = "Every resource and data source must be in tests/expected, and there must be no other, and no provider block."
  }

  # tests/expected holds each argument that the provider doesn't fill in itself; this finds those that it would fill in,
  # such as the inline rules of a security group or the managed policies of a role.
  assert {
    condition = length(flatten([
      for name in fileset(path.module, "*.tf") : [
        for block in regexall("(?ms)^(resource|data) \"(\\w+)\" \"(\\w+)\" {\n(.*?)^}", file("${path.module}/${name}")) : [
          for words in regexall("(?m)^  (?:(\\w+) += |(\\w+) {|dynamic \"(\\w+)\")", block[3]) : "${block[1]}.${block[2]}: ${join("", compact(words))}"
          if !contains(concat(
            ["count", "for_each", "lifecycle", "depends_on", "secret_string_wo"],
            flatten([
              for expected in fileset("${path.module}/tests/expected", "*.json") : [
                for address, arguments in jsondecode(file("${path.module}/tests/expected/${expected}")) : keys(arguments)
                if split("[", address)[0] == "${block[0] == "data" ? "data." : ""}${block[1]}.${block[2]}"
              ]
            ]),
          ), join("", compact(words)))
        ]
      ]
    ])) == 0 && output.cluster == "rehome"
    error_message = "Every argument of every resource must be in tests/expected."
  }

  assert {
    condition = alltrue([
      for name in fileset(path.module, "*.tf") :
      length(regexall("ignore_changes|replace_triggered_by|prevent_destroy|precondition|provisioner|local-exec", file("${path.module}/${name}"))) == 0
    ]) && output.cluster == "rehome"
    error_message = "Every apply must set everything: no ignore_changes, no replacement by a trigger, no provisioner."
  }

  assert {
    condition = {
      for name in fileset(path.module, "*.tf") : name => length(regexall("create_before_destroy = true", file("${path.module}/${name}")))
      if length(regexall("(?m)^ *lifecycle", file("${path.module}/${name}"))) > 0
    } == { "ecs_cluster.tf" = 0, "main.tf" = 0, "network.tf" = 4 } && output.cluster == "rehome"
    error_message = "Security groups, and only they, must be created before their predecessors are destroyed."
  }
}

run "versions" {
  command = plan

  assert {
    condition = alltrue([
      for name in concat(["versions.tf", "registry/versions.tf"], [for example in fileset(path.module, "examples/*/main.tf") : "${dirname(example)}/versions.tf"]) :
      jsonencode(regexall("(?m)^ *(?:required_version|source|version) *= *\"([^.\"/][^\"]*)\"", file("${path.module}/${name}"))) == jsonencode([[">= 1.11"], ["hashicorp/aws"], ["~> 6.0"]])
    ]) && output.cluster == "rehome"
    error_message = "Write-only arguments need Terraform 1.11, and the arguments of the resources need version 6 of the provider."
  }
}

run "order" {
  command = plan

  assert {
    condition = jsonencode([
      for list in regexall("(?s)depends_on = \\[(.*?)\\]", file("${path.module}/producer.tf")) : sort(compact(split(",", replace(list[0], "/\\s/", ""))))
      ]) == jsonencode([[
        "aws_ecs_cluster_capacity_providers.this",
        "aws_efs_file_system_policy.redis",
        "aws_efs_mount_target.redis",
        "aws_iam_role_policy.execution",
        "aws_iam_role_policy.producer",
        "aws_secretsmanager_secret_version.db",
        "aws_secretsmanager_secret_version.redis",
        "aws_vpc_endpoint.interface",
        "aws_vpc_endpoint.s3",
        "aws_vpc_security_group_egress_rule.database",
        "aws_vpc_security_group_egress_rule.database_group",
        "aws_vpc_security_group_egress_rule.https",
        "aws_vpc_security_group_egress_rule.producer_to_efs",
        "aws_vpc_security_group_ingress_rule.database",
        "aws_vpc_security_group_ingress_rule.efs_from_producer",
        "aws_vpc_security_group_ingress_rule.endpoints",
        "aws_vpc_security_group_ingress_rule.redis_from_consumer",
    ]]) && output.cluster == "rehome"
    error_message = "The producer must start after everything that its task needs, and be destroyed before it."
  }

  assert {
    condition = jsonencode([
      for list in regexall("(?s)depends_on = \\[(.*?)\\]", file("${path.module}/consumer.tf")) : sort(compact(split(",", replace(list[0], "/\\s/", ""))))
      ]) == jsonencode([[
        "aws_ecs_service.s3Mig_producer_service",
        "aws_iam_role_policy.consumer",
        "aws_vpc_security_group_egress_rule.consumer_to_redis",
    ]]) && output.cluster == "rehome"
    error_message = "Consumers must start after the producer's service is steady."
  }
}

run "passwords" {
  command = plan

  assert {
    condition     = [for line in regexall("(?m)^ *secret_string[a-z_]* *= *(.*)$", file("${path.module}/secrets.tf")) : line[0]] == ["jsonencode({ username = var.DB_USER, password = var.DB_PASSWORD })", "var.DB_PASSWORD_VERSION", "replace(\"$${uuid()}$${uuid()}\", \"-\", \"\")", "var.REDIS_PASSWORD_VERSION"] && output.cluster == "rehome"
    error_message = "The database's secret must have the keys username and password, and Redis' password must be random."
  }

  assert {
    condition     = length(regexall("secret_string *=|secret_binary", file("${path.module}/secrets.tf"))) == 0 && output.cluster == "rehome"
    error_message = "Passwords must be written by write-only arguments, which aren't stored in the state."
  }

  assert {
    condition     = length(regexall("(?s)variable \"DB_PASSWORD\" {[^}]*sensitive *= true[^}]*ephemeral *= true", file("${path.module}/variables.tf"))) == 1 && output.cluster == "rehome"
    error_message = "DB_PASSWORD must be sensitive, so that it isn't shown, and ephemeral, so that it isn't stored."
  }
}

run "variables" {
  command = plan

  assert {
    condition = (
      length(regexall("(?m)^variable \"", file("${path.module}/variables.tf")))
      == length(regexall("(?m)^  (default +. null|nullable +. false)$", file("${path.module}/variables.tf")))
    ) && output.cluster == "rehome"
    error_message = "Each variable must have the default null, or not be nullable: a caller that passes null must get a documented value."
  }

  assert {
    condition = alltrue([
      for name in setunion(fileset(path.module, "*.tf"), fileset(path.module, "registry/*.tf"), fileset(path.module, "examples/*/*.tf")) :
      length(regexall("(?m)^(?:variable|output) \"", file("${path.module}/${name}"))) == length(regexall("(?m)^(?:variable|output) \"[^\"]+\" {\n  description += \"[^\"]", file("${path.module}/${name}")))
    ]) && output.cluster == "rehome"
    error_message = "Each variable and each output must begin with its description."
  }

  # terraform.tfvars.example: each name is a variable, and each required variable is in it.
  assert {
    condition = (
      length(setsubtract(
        flatten(regexall("(?m)^(?:# )?([A-Z][A-Z0-9_]+) += ", file("${path.module}/terraform.tfvars.example"))),
        flatten(regexall("(?m)^variable \"(\\w+)\"", file("${path.module}/variables.tf"))),
      )) == 0
      && length(setsubtract(
        flatten(regexall("(?m)^variable \"(\\w+)\" {\n  description = .*\n  type +.*\n  nullable", file("${path.module}/variables.tf"))),
        flatten(regexall("(?m)^([A-Z][A-Z0-9_]+) += ", file("${path.module}/terraform.tfvars.example"))),
      )) == 0 && output.cluster == "rehome"
    )
    error_message = "terraform.tfvars.example must contain every required variable, and nothing that isn't a variable."
  }

  # The layout that tflint and the public registry expect of a module.
  assert {
    condition = alltrue([
      for directory in concat([".", "registry"], [for example in fileset(path.module, "examples/*/main.tf") : dirname(example)]) : alltrue(concat(
        [for name in ["main.tf", "outputs.tf", "variables.tf", "versions.tf", "README.md"] : fileexists("${path.module}/${directory}/${name}")],
        [
          for name in fileset("${path.module}/${directory}", "*.tf") : length(regexall("(?m)^(?:variable|output|terraform) ", file("${path.module}/${directory}/${name}"))) == 0
          if !contains(["outputs.tf", "variables.tf", "versions.tf"], name)
        ],
      ))
    ]) && output.cluster == "rehome"
    error_message = "Each module must keep its variables, outputs and versions in files of these names, and have a README."
  }
}

run "documents" {
  command = plan

  # docs/OPERATING.md shows commands for the default names.
  assert {
    condition = alltrue([
      for page in ["docs/OPERATING.md", "docs/DEPLOYING.md", "terraform/README.md"] : alltrue(concat(
        [for match in regexall("--cluster ([^ `\\n]+)", file("${path.module}/../${page}")) : match[0] == output.cluster],
        [for match in regexall("--task-definition ([^ `\\n]+)", file("${path.module}/../${page}")) : contains(values(output.task_definitions), match[0])],
        [for match in regexall("--(?:services|service-name|service) ([^-$`\\n][^ `\\n]*)", file("${path.module}/../${page}")) : contains(keys(output.services), match[0])],
        [for match in regexall("[ '`]/ecs/([^ '`\\n]+)", file("${path.module}/../${page}")) : contains([for group in values(output.log_groups) : trimprefix(group, "/ecs/")], match[0])],
      ))
    ])
    error_message = "Commands in the documents must use the names of cluster, services, task definitions and log groups that the stack creates."
  }

  # The commands are those of the outputs, with the example's region and names.
  assert {
    condition = alltrue([
      for name in ["plan", "producer", "verify"] : strcontains(file("${path.module}/../docs/OPERATING.md"), output.commands[name])
    ])
    error_message = "docs/OPERATING.md must show the commands of the outputs."
  }

  assert {
    condition = alltrue([
      for name in ["plan", "watch", "dashboard", "producer", "status", "pause", "resume", "task", "verify", "redis"] :
      can(output.commands[name]) && strcontains(file("${path.module}/../docs/OPERATING.md"), "`${name}`")
    ])
    error_message = "docs/OPERATING.md must name commands that the output has."
  }

  assert {
    condition = alltrue([
      for name in ["status", "pause", "resume"] : output.commands[name] == replace(output.commands.producer, "COMMAND", name)
    ]) && output.commands.plan == replace(output.commands.task, "COMMAND", "plan")
    error_message = "The two templates must be the commands themselves."
  }

  # The programs that the commands start are in the images under these names.
  assert {
    condition = toset(flatten(regexall("(?m)^COPY docker/command /usr/local/bin/(.*)$", file("${path.module}/../Dockerfile")))) == toset(["producer", "consumer"]) && alltrue([
      for name in ["producer", "status", "pause", "resume"] : can(regex(" --container producer --command \"producer [A-Za-z]+\"$", output.commands[name]))
    ])
    error_message = "The commands must start the program under the name that it has in the image."
  }

  assert {
    condition = toset(concat(
      local.extra_settings,
      keys(local.common_environment), keys(local.producer_environment), keys(local.consumer_environment),
      ["DATABASE_TLS_CA", "BATCH_SIZE", "COPY_CONCURRENCY", "THROTTLE_REPLICAS", "MAX_REPLICA_LAG_SECONDS", "MAX_LOCK_WAITS", "MANIFEST", "DB_SECRET_ARN", "HTTP_BIND", "WEBHOOK_URL"],
      ["DB_PASSWORD", "REDIS_PASSWORD", "REDIS_TLS_CA", "HTTP_TOKEN", "WEBHOOK_SECRET"],
      )) == toset(concat(
      [for match in regexall("(?m)^\\| `([A-Z0-9_]+)` \\|", file("${path.module}/../docs/SETTINGS.md")) : match[0] if !startswith(match[0], "AWS_") && match[0] != "S3_PATH_STYLE"],
      ["AWS_REGION", "JDK_JAVA_OPTIONS"],
    )) && length(setintersection(local.extra_settings, ["HTTP_TOKEN", "WEBHOOK_SECRET"])) == 0
    error_message = "Every setting in docs/SETTINGS.md must be set by the stack, have a variable, or be in extra_settings, except those of other object stores. Secrets must not be in extra_settings, where the state would contain them."
  }
}
