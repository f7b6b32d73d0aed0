package capture

import (
	"net/url"
	"regexp"
	"strings"
	"sync"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

// entry is one request as a capture holds it.
type entry struct {
	address  string
	method   string
	body     string
	agent    string
	status   int
	answered bool // the capture says how it was answered
	number   int  // of the request (numbered) or of the line
	numbered bool
}

// View is a traffic report that was seen.
type View struct {
	Line
	Host   string       `json:"host"`   // as in the address; empty when the capture does not name it
	Scheme bool         `json:"scheme"` // a scheme stands in the host: https://https://…
	File   string       `json:"file"`   // path of the log file, /v.gif
	Client queue.Client `json:"client"` // by the log file; empty for another one
	Seen
}

// Seen says where and how a request was seen.
type Seen struct {
	Source   string `json:"source"` // name of the capture
	Number   int    `json:"number"` // of the request, or of the line
	Numbered bool   `json:"numbered"`
	Agent    string `json:"agent"` // user agent of the request; empty when not known
	Status   int    `json:"status"`
	Answered bool   `json:"answered"` // Status is known; 0 then means that no answer came
	Excerpt  string `json:"excerpt"`
}

// ParseView decodes the address of a traffic report. The error is ErrNoLine for any other address.
func ParseView(address string) (View, error) {
	k, err := embedded()
	if err != nil {
		return View{}, err
	}
	where, query, found := strings.Cut(address, "?")
	if !found {
		return View{}, ErrNoLine
	}
	line, err := ParseLine(query)
	if err != nil {
		return View{}, err
	}
	v := View{Line: line}
	v.Host, v.File, v.Scheme = splitAddress(where)
	for client, path := range k.gifs {
		if v.File == path || v.File == "" && v.Gif == path {
			v.Client = client
		}
	}
	return v, nil
}

// splitAddress takes an address without its query apart. A host that was given with a scheme gives https://https://host,
// which browsers show as https://https//host.
func splitAddress(where string) (host, path string, doubled bool) {
	schemes := schemePattern().FindString(where)
	rest := where[len(schemes):]
	doubled = len(schemes) > len("https://")
	if strings.HasPrefix(rest, "/") || rest == "" {
		return "", rest, doubled
	}
	host, path, _ = strings.Cut(rest, "/")
	return strings.ToLower(host), "/" + strings.TrimLeft(path, "/"), doubled
}

// schemePattern finds one scheme or several at the start of an address, the second perhaps without its colon.
var schemePattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?i:(https?:)?//)(?i:/*https?:?//)*`) })

// request is what a capture's entry turned out to be; one of both is set.
type request struct {
	view   *View
	upload *seenUpload
}

// seenUpload is an upload with where it was seen. unreadable says that its header could not be read.
type seenUpload struct {
	Upload
	Seen
	unreadable bool
}

// recognise tells what an entry is; a request of no interest is neither.
func (k *knowledge) recognise(e entry, source string, f tracking.Facts) request {
	seen := Seen{
		Source: source, Number: e.number, Numbered: e.numbered, Agent: e.agent, Status: e.status, Answered: e.answered,
		Excerpt: excerpt(e.address, k.Limits.Excerpt),
	}
	if strings.Contains(e.address, f.Stability.UploadPath) {
		u, err := ParseUpload(e.address)
		return request{upload: &seenUpload{Upload: u, Seen: seen, unreadable: err != nil}}
	}
	v, err := ParseView(e.address)
	if err != nil && strings.Contains(e.body, separator) && k.gifText.MatchString(e.address+"?") {
		where, _, _ := strings.Cut(e.address, "?")
		v, err = ParseView(where + "?" + e.body)
	}
	if err != nil {
		return request{}
	}
	v.Seen = seen
	if v.Agent == "" {
		v.Agent = v.UserAgent
	}
	return request{view: &v}
}

func excerpt(s string, most int) string {
	if len(s) <= most { // bytes are never fewer than runes
		return s
	}
	runes := []rune(s[:min(len(s), 4*most)])
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}

// FromQueue makes a View of a report the model of the queue would send.
func FromQueue(r queue.Request, event string) View {
	v := View{Line: Line{
		AppID: dashless(r.AppID), DeviceID: dashless(r.DeviceID), Nick: dashless(r.Nick), User: dashless(r.User), Page: r.Page,
		Referrer: dashless(r.Referrer), Event: event, Args: r.Args, Gif: r.Gif,
	}}
	v.Host, v.File, v.Scheme = splitAddress(r.Address)
	gifs, err := queue.Gifs()
	if err == nil {
		for client, path := range gifs {
			if v.File == path {
				v.Client = client
			}
		}
	}
	return v
}

func dashless(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// sameHost compares the hosts of two addresses.
func sameHost(a, b string) bool {
	left, err1 := url.Parse(a)
	right, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && strings.EqualFold(left.Host, right.Host)
}
