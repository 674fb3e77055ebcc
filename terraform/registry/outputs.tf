output "release_role_arn" {
  description = "Role for RELEASE_ROLE_ARN, or null without GITHUB_REPOSITORY."
  value       = one(aws_iam_role.release[*].arn)
}

output "repository_urls" {
  description = "Addresses to push to, by repository name."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
