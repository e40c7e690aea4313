package funding

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"path"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

// ECBSource is what the rates of the European Central Bank say of themselves.
const ECBSource = "ECB"

// mostRates is how many bytes a file of rates may unfold to: all since 1999 take
// a third of that.
const mostRates = 64 << 20

// ReadECB reads a file of euro reference rates as the European Central Bank
// publishes it: CSV or XML, of a day, of ninety or of all, zipped or not. Rates
// before the day since are left out.
func ReadECB(data []byte, since string) ([]Rate, error) {
	data, err := unzipped(data)
	if err != nil {
		return nil, err
	}
	var rates []Rate
	if bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff"))), []byte("<")) {
		rates, err = readECBXML(data)
	} else {
		rates, err = readECBCSV(data)
	}
	if err != nil {
		return nil, err
	}
	var kept []Rate
	for _, r := range rates {
		if r.Day >= since && isCurrency(r.Currency) && r.Currency != euro && isRate(r.Units) {
			kept = append(kept, r)
		}
	}
	if len(rates) == 0 {
		return nil, fault.New(fault.Invalid, "rate.file")
	}
	return kept, nil
}

// unzipped is the first file of an archive, or what is none.
func unzipped(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return data, nil
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault.Because(err, fault.Invalid, "rate.file")
	}
	for _, file := range archive.File {
		if ending := strings.ToLower(path.Ext(file.Name)); ending != ".csv" && ending != ".xml" {
			continue
		}
		content, err := file.Open()
		if err != nil {
			return nil, fault.Because(err, fault.Invalid, "rate.file")
		}
		data, err := io.ReadAll(io.LimitReader(content, mostRates+1))
		if err != nil || len(data) > mostRates {
			return nil, fault.Because(err, fault.Invalid, "rate.file")
		}
		return data, content.Close()
	}
	return nil, fault.New(fault.Invalid, "rate.file")
}

func readECBXML(data []byte) ([]Rate, error) {
	var file struct {
		Days []struct {
			Day   string `xml:"time,attr"`
			Rates []struct {
				Currency string `xml:"currency,attr"`
				Units    string `xml:"rate,attr"`
			} `xml:"Cube"`
		} `xml:"Cube>Cube"`
	}
	if err := xml.Unmarshal(data, &file); err != nil {
		return nil, fault.Because(err, fault.Invalid, "rate.file")
	}
	var rates []Rate
	for _, d := range file.Days {
		for _, r := range d.Rates {
			rates = append(rates, Rate{r.Currency, d.Day, r.Units, ECBSource})
		}
	}
	return rates, nil
}

// readECBCSV reads a table of days by currencies. Days are 2026-11-24 in the
// long file and "24 November 2026" in that of a day; a rate may be "N/A".
func readECBCSV(data []byte) ([]Rate, error) {
	file := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	file.TrimLeadingSpace, file.FieldsPerRecord = true, -1
	rows, err := file.ReadAll()
	if err != nil || len(rows) == 0 || !strings.EqualFold(strings.TrimSpace(rows[0][0]), "date") {
		return nil, fault.Because(err, fault.Invalid, "rate.file")
	}
	var rates []Rate
	for _, row := range rows[1:] {
		day, ok := ecbDay(strings.TrimSpace(row[0]))
		if !ok {
			continue
		}
		for i, cell := range row[1:] {
			if i+1 < len(rows[0]) {
				rates = append(rates, Rate{strings.TrimSpace(rows[0][i+1]), day, strings.TrimSpace(cell), ECBSource})
			}
		}
	}
	return rates, nil
}

func ecbDay(text string) (string, bool) {
	for _, layout := range []string{time.DateOnly, "2 January 2006"} {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format(time.DateOnly), true
		}
	}
	return "", false
}
