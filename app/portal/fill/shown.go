package fill

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// shown reads what a field shows, and whether that is what was asked for.
func (s *sheet) shown(ctx context.Context, at spot, v Value) (text string, equal bool) {
	st := at.state
	switch {
	case v.Rows != nil:
		return s.shownRows(ctx, at, v.Rows)
	case v.Files != nil:
		return shownFiles(st, v.Files)
	case v.Check != nil:
		got := st.words()
		return strings.Join(got, "、"), sameSet(got, v.Check)
	case v.Path != nil:
		got := st.words()
		return strings.Join(got, " / "), samePath(got, v.Path)
	case v.Date != nil:
		got := strings.Join(st.words(), " ")
		return got, dayIn(got) == *v.Date
	case v.Switch != nil:
		return shownSwitch(st, *v.Switch)
	case v.Text != nil:
		got := st.words()
		return strings.Join(got, " "), sameText(strings.Join(got, " "), *v.Text)
	case v.Choose != nil:
		got := st.words()
		return strings.Join(got, "、"), len(got) == 1 && plain(got[0]) == plain(*v.Choose)
	}
	return "", false
}

// words is what the controls of a field show, ticks that are not ticked left out.
func (s state) words() []string {
	out := []string{}
	for _, c := range s.Controls {
		out = append(out, c.Shown...)
	}
	return out
}

// sameText compares texts as typed: line ends and outer spaces do not count.
func sameText(a, b string) bool {
	tidy := func(t string) string { return strings.TrimSpace(strings.ReplaceAll(t, "\r\n", "\n")) }
	return tidy(a) == tidy(b)
}

func sameSet(a, b []string) bool {
	norm := func(list []string) []string {
		out := []string{}
		for _, t := range list {
			out = append(out, plain(t))
		}
		sort.Strings(out)
		return out
	}
	return slices.Equal(norm(a), norm(b))
}

// samePath compares a cascader's text with a path: with all its levels, or with the last alone where the page shows no more.
func samePath(got, want []string) bool {
	bare := func(list []string) string {
		return strings.NewReplacer("/", "", ">", "", "-", "", "\\", "", "›", "").Replace(plain(strings.Join(list, "")))
	}
	return bare(got) == bare(want) || (len(want) > 0 && bare(got) == bare(want[len(want)-1:]))
}

var day = regexp.MustCompile(`((?:19|20)\d\d)\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})`)

// dayIn is the date in a text as 2006-01-02, or nothing.
func dayIn(text string) string {
	m := day.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	pad := func(t string) string {
		n, err := strconv.Atoi(t)
		if err != nil || n > 9 {
			return t
		}
		return "0" + strconv.Itoa(n)
	}
	return m[1] + "-" + pad(m[2]) + "-" + pad(m[3])
}

func shownSwitch(st state, want bool) (string, bool) {
	for _, c := range st.of("switch", "check") {
		return onOff(c.Ticked), c.Ticked == want
	}
	return "", false
}

// shownFiles looks for the names of the files in what the page shows around the field.
func shownFiles(st state, files []string) (string, bool) {
	got := []string{}
	for _, name := range fileNames(files) {
		if strings.Contains(plain(st.Around), plain(name)) || slices.Contains(st.words(), name) {
			got = append(got, name)
		}
	}
	return strings.Join(got, "、"), len(got) == len(files)
}

func fileNames(files []string) []string {
	out := []string{}
	for _, f := range files {
		out = append(out, filepath.Base(f))
	}
	return out
}
