// Command serve runs a test portal until it is killed, for trials from a shell and for tests in JavaScript. It prints
// one line of JSON: {"url":"http://127.0.0.1:…","pid":…}.
//
//	go run ./build/portals/serve --kit element-plus --seed 7
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"shangjiatong/app/portal/portaltest"
)

func main() {
	log.SetFlags(0)
	var o portaltest.Options
	flag.StringVar(&o.Kit, "kit", portaltest.Kits()[0], "one of "+strings.Join(portaltest.Kits(), ", "))
	flag.Int64Var(&o.Seed, "seed", 1, "what the pages' variations follow")
	flag.IntVar(&o.Rows, "rows", 0, "rows of each list, 23 unless told")
	flag.IntVar(&o.PageSize, "page-size", 0, "rows of a page, 10 unless told")
	flag.BoolVar(&o.Empty, "empty", false, "the lists have no rows")
	flag.BoolVar(&o.Login, "login", false, "/form and /list want a login too")
	flag.IntVar(&o.Polls, "polls", 0, "how often a compile state is asked for before it ends, 2 unless told")
	flag.StringVar(&o.Compile, "compile", "", "how a compile ends, 代码编译通过 unless told")
	flag.BoolVar(&o.Person, "person", false, "a person at the page does what POST /_test/do asks for")
	flag.StringVar(&o.Address, "address", "", "where to listen, a free port of 127.0.0.1 unless told")
	flag.Parse()
	p, err := portaltest.Serve(o)
	if err != nil {
		log.Fatal(err)
	}
	defer p.Close()
	if err := json.NewEncoder(os.Stdout).Encode(map[string]any{"url": p.URL(""), "pid": os.Getpid()}); err != nil {
		log.Fatal(err)
	}
	killed := make(chan os.Signal, 1)
	signal.Notify(killed, os.Interrupt, syscall.SIGTERM)
	<-killed
}
