plugin "terraform" {
  enabled = true
  preset  = "all"
}

plugin "aws" {
  enabled = true
  version = "0.44.0"
  source  = "github.com/terraform-linters/tflint-ruleset-aws"
}

# The project's variables carry the names of the environment variables that they become, and the two
# services the names that operators look for (s3Mig_...). Both are fixed, and neither is snake case.
rule "terraform_naming_convention" {
  enabled = true

  variable {
    format = "mixed_snake_case"
  }

  resource {
    format = "mixed_snake_case"
  }
}
