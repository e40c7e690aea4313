package workbook

import "testing"

func TestCatalogueIsWhole(t *testing.T) {
	if err := catalogue().Check(); err != nil {
		t.Error(err)
	}
}
