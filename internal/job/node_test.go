package job_test

const killed = "ESCALE_TEST_JOBS_OF"

func workUntilKilled(address string) {}
