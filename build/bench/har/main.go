// Command har measures how long our command line takes to judge the tracking in a HAR of about 100 MB, against jq taking
// the addresses of the log requests out of the same file. Both are timed as whole processes, in turn; the medians, their
// ratio and the peak memory are printed. jq decodes nothing and judges nothing.
//
//	go run ./build/bench/har build/bin/shangjiatong-browser
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"shangjiatong/build/bench/timing"
)

const (
	size   = 100 << 20
	params = `{"name":"示例","identifier":"demo_app","kind":"H5","sapp_id":"40001","sapp_name":"demo_app","bid":"demo_app_zzdpro","signkey":"1234567890abcdef",` +
		`"pages":[{"page_id":"home","page_name":"首页","page_url":"https://demo.example.com/#/home"}]}`
	upload = "https://wpkgate-emas.ding.zj.gov.cn/api/v1/jssdk/upload?wpk-header="
	signed = "app=demo_app_zzdpro&cp=none&de=4&seq=1709172298253&tm=1709172298&ud=0677e510-38f6-45a7-94a0-678839eb5e00&ver=null&type=flow&sver=1.0.2&sign=9d1dbab6dd94f9c5b529805cab5ec795"
	query  = `[.log.entries[]|select(.request.url|test("/(v|m|vx)\\.gif\\?|wpk-header="))|{url:.request.url,status:.response.status}]`
	line   = `DC_%08d||GET||-||1536*864||47130293||{"appId":""}||-||{}||-||34268160||-||{}||zh-CN||GMT+08:00||-||-||{"customSdkId":"","platform_type":"pc"}||-||CNA||%d||https%%3A%%2F%%2Fdemo.example.com%%2F%%23%%2Fhome||2001||-||{}||{}||` +
		`{"_user_id":"34268160","sapp_id":"40001","sapp_name":"demo_app","page_id":"home","page_name":"首页","page_url":"https://demo.example.com/#/home"}||/v.gif||aplus.js||1.7.7||devtools||-||-||-`
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: har PROGRAM")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(program string) error {
	if _, err := exec.LookPath("jq"); err != nil {
		fmt.Println("HAR of 100 MB: jq is not installed, nothing to compare with")
		return nil
	}
	dir, err := os.MkdirTemp("", "shangjiatong-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	har, given := filepath.Join(dir, "bench.har"), filepath.Join(dir, "params.json")
	if err := errors.Join(create(har), os.WriteFile(given, []byte(params), 0o600)); err != nil {
		return err
	}
	ours := func() (timing.Cost, error) {
		return timing.Measure(nil, program, "check", "capture", har, "--params", given, "--json")
	}
	theirs := func() (timing.Cost, error) { return timing.Measure(nil, "jq", query, har) }
	return timing.Compare("HAR of 100 MB", "jq extracting", "ours judging", ours, theirs)
}

// create writes the HAR: most of it are scripts with their contents; every twentieth request is a report, every
// hundredth an upload.
func create(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(write(w), w.Flush(), f.Close())
}

func write(w io.Writer) error {
	r := rand.New(rand.NewSource(1)) // the same file each time
	done, err := io.WriteString(w, `{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"pages":[],"entries":[`)
	for i := 0; err == nil && done < size; i++ {
		address, body := fmt.Sprintf("https://demo.example.com/static/chunk-%d.js?v=%d", i, i), ""
		switch {
		case i%100 == 7:
			address = upload + url.QueryEscape(signed)
		case i%20 == 3:
			address = "https://alog-api.ding.zj.gov.cn/v.gif?" + encode(fmt.Sprintf(line, i, 1795437383594+int64(i)*1000))
		default:
			body = strings.Repeat("function a(b){return b.map(function(c){return \"<div class=\\\"x\\\">\"+c+\"</div>\\n\"})};", 1+r.Intn(400))
		}
		var n int
		n, err = fmt.Fprintf(w, "%s%s", separator(i), entry(address, body))
		done += n
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "]}}")
	return err
}

func separator(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// encode writes a line as a browser sends it.
func encode(line string) string {
	var b strings.Builder
	for _, c := range []byte(line) {
		if c > 126 || c == '"' || c == ' ' || c == '#' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func entry(address, body string) string {
	where, _ := json.Marshal(address) // texts cannot fail
	content, _ := json.Marshal(body)
	return fmt.Sprintf(`{"startedDateTime":"2026-03-02T01:00:00.000Z","time":12.5,"request":{"method":"GET","url":%s,"httpVersion":"HTTP/1.1","headers":[{"name":"User-Agent","value":"Mozilla/5.0 (Windows NT 10.0) dingtalk-win TaurusApp(x/1)"},{"name":"Accept","value":"*/*"}],"queryString":[],"cookies":[],"headersSize":500,"bodySize":0},"response":{"status":200,"statusText":"OK","headers":[{"name":"Content-Type","value":"text/javascript"}],"content":{"size":43,"mimeType":"text/javascript","text":%s}},"cache":{},"timings":{"send":0.1,"wait":10,"receive":2}}`, where, content)
}
