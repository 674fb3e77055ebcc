output "target_bucket_policy" {
  description = "Policy of the target bucket, to be set by its owner."
  value = jsonencode({
    Version   = "2012-10-17"
    Statement = module.rehome.bucket_policies.target
  })
}
