package capture

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// none is the index of no page.
const none = -1

// pageTable finds the pages of the page table by what was seen.
type pageTable struct {
	pages  []listing.Page
	keys   []string
	byID   map[string]int
	byKey  map[string][]int
	cache  map[string]int
	most   int // entries of the cache
	routed bool
}

func newPageTable(pages []listing.Page, most int) *pageTable {
	t := &pageTable{pages: pages, byID: map[string]int{}, byKey: map[string][]int{}, cache: map[string]int{}, most: most}
	for _, p := range pages {
		t.routed = t.routed || tracking.HasRoute(p.PageURL)
	}
	for i, p := range pages {
		if _, taken := t.byID[p.PageID]; !taken {
			t.byID[p.PageID] = i
		}
		key := pageKey(p.PageURL, t.routed)
		t.keys = append(t.keys, key)
		t.byKey[key] = append(t.byKey[key], i)
	}
	return t
}

// pageKey is what tells a page apart by its address: "#/list" for a hash route, else the path without its query and
// without the name of an index file.
func pageKey(address string, routed bool) string {
	if routed || tracking.HasRoute(address) {
		return "#" + tracking.RouteKey(address, true)
	}
	key := tracking.RouteKey(address, false)
	if path, _, _ := strings.Cut(address, "?"); key == "/" && strings.Contains(path, "/index.htm") {
		key = tracking.RouteKey(path[:strings.LastIndex(path, "/")+1], false)
	}
	return key
}

// withID returns the page of an ID.
func (t *pageTable) withID(id string) int {
	if i, ok := t.byID[id]; ok && id != "" {
		return i
	}
	return none
}

// at returns the page of an address; none when there is no such page, or when several could be meant.
func (t *pageTable) at(address string) int {
	if address == "" || len(t.pages) == 0 {
		return none
	}
	if i, known := t.cache[address]; known {
		return i
	}
	i := t.find(address)
	if len(t.cache) < t.most {
		t.cache[address] = i
	}
	return i
}

func (t *pageTable) find(address string) int {
	if i := slices.IndexFunc(t.pages, func(p listing.Page) bool { return p.PageURL == address }); i >= 0 {
		return i
	}
	key := pageKey(address, t.routed)
	if same := t.byKey[key]; len(same) > 1 {
		return only(slices.DeleteFunc(slices.Clone(same), func(i int) bool { return query(t.pages[i].PageURL) != query(address) }))
	} else if len(same) == 1 {
		return same[0]
	}
	var similar []int
	longest := 0
	for i, k := range t.keys {
		if !samePage(key, k, strings.Contains(t.pages[i].PageURL, "://")) || len(k) < longest {
			continue
		}
		if len(k) > longest {
			similar, longest = nil, len(k)
		}
		similar = append(similar, i)
	}
	return only(similar)
}

// query is what an address says after its question mark.
func query(address string) string {
	_, q, _ := strings.Cut(address, "?")
	return q
}

func only(pages []int) int {
	if len(pages) == 1 {
		return pages[0]
	}
	return none
}

// samePage compares the key of an address with one of the table, in which ":id" stands for any segment. A table that
// names no host may name the end of the path only.
func samePage(key, table string, whole bool) bool {
	got, want := strings.Split(strings.Trim(key, "#/"), "/"), strings.Split(strings.Trim(table, "#/"), "/")
	if want[0] == "" || len(got) < len(want) || whole && len(got) != len(want) {
		return false
	}
	if !strings.HasPrefix(table, "#") {
		got = got[len(got)-len(want):]
	}
	if len(got) != len(want) {
		return false
	}
	for i := range want {
		if got[i] != want[i] && !isParameter(want[i]) {
			return false
		}
	}
	return true
}

func isParameter(segment string) bool {
	return strings.HasPrefix(segment, ":") || segment == "*" || strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}

// general is the key of an address with the numbers of single records taken out, so that two details of one kind are one
// page.
func general(address string) string {
	return numberPattern().ReplaceAllString(pageKey(address, false), "/*")
}

var numberPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`/([0-9]+|[0-9a-fA-F-]{16,})($|\b)`) })

// isEntry reports whether an address is that of the application as a whole, before a route was chosen.
func isEntry(address string) bool { k := general(address); return k == "/" || k == "#/" }
