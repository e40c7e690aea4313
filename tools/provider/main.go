// Command provider is an OpenID provider for tests: the example server of
// zitadel/oidc, on this machine only and on a port chosen free. It takes the
// file of its users and the address that it may lead back to, and says on its
// first line what its issuer is.
package main

import (
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: provider USERS.json REDIRECT-URI")
	}
	users, err := storage.StoreFromFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	storage.RegisterClients(storage.WebClient("escale", "secret", os.Args[2]))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	issuer := fmt.Sprintf("http://%s/", listener.Addr())
	fmt.Println(issuer)
	quiet := slog.New(slog.DiscardHandler)
	log.Fatal(http.Serve(listener, exampleop.SetupServer(issuer, storage.NewStorage(users), quiet, false)))
}
