"""The workload: invented news articles with the work of two annotators, the same in every run."""
