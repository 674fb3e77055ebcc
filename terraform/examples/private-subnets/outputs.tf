output "commands" {
  description = "Commands to plan, watch, scale, inspect and pause a run."
  value       = module.rehome.commands
}
