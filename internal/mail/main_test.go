package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/dbtest"
)

// identity is the folder with the certificate of the mail servers of the tests,
// for 127.0.0.1 alone, which this program trusts from its start.
var identity string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "escale-mail-")
	if err == nil {
		identity = folder
		err = errors.Join(certify(), os.Setenv("SSL_CERT_FILE", filepath.Join(identity, "cert.pem")), flag.Set("rapid.seed", "1"))
	}
	if err != nil {
		panic(err)
	}
	code := dbtest.Run(m)
	if err := errors.Join(browsertest.Close(), os.RemoveAll(folder)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func certify() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(identity, "cert.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), 0o600),
		os.WriteFile(filepath.Join(identity, "key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600),
	)
}
