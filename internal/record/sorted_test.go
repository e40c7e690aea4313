package record_test

import "slices"

// sorted is for lists whose order is not what is tested.
func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }
