package fill

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/browser"
)

// files chooses files and waits until the page has them. Some fields only collect files until the form is sent, others
// send them at once or a while later: from here until all fields were read back, the page's requests are held, and none
// with a file in it leaves before the caller agreed.
func (f *filler) files(ctx context.Context, i int, paths []string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	c, err := only(all, "文件框", "file")
	if err != nil {
		return err
	}
	names := fileNames(paths)
	now, err := f.shown(ctx, i)
	if err != nil || sameSet(now.Texts, names) {
		return err
	}
	if len(now.Texts) > 0 {
		return refuse("页面上已有文件“%s”，程序不删除已有的文件；请先在页面上处理", strings.Join(now.Texts, "、"))
	}
	up, err := f.watchUpload(i, paths)
	if err != nil {
		return err
	}
	if err := f.hold(ctx, up); err != nil {
		return err
	}
	return f.send(ctx, i, up, c.Multiple)
}

// send chooses the files, one after the other where the field takes only one at a time.
func (f *filler) send(ctx context.Context, i int, up *upload, together bool) error {
	if _, err := call[any](ctx, f, "beginUpload", i); err != nil {
		return err
	}
	groups := [][]string{up.paths}
	if !together && len(up.paths) > 1 {
		groups = nil
		for _, p := range up.paths {
			groups = append(groups, []string{p})
		}
	}
	names := fileNames(up.paths)
	for n, group := range groups {
		if err := f.setFiles(ctx, i, group); err != nil {
			return err
		}
		up.set(func() { up.chosen = time.Now() })
		if err := f.arrived(ctx, i, up, names[:min(len(names), n+len(group))]); err != nil {
			return f.takeBack(ctx, i, up, err)
		}
	}
	return nil
}

func (f *filler) setFiles(ctx context.Context, i int, paths []string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	c, err := only(all, "文件框", "file")
	if err != nil {
		return err
	}
	return f.page.SetFiles(ctx, f.frame, paths, "(r) => globalThis.__fill.element(r)", c.Ref)
}

// takeBack empties the field again when nothing was sent. What the page made of the file meanwhile stays, and is told.
func (f *filler) takeBack(ctx context.Context, i int, up *upload, why error) error {
	if !up.refused() {
		return why
	}
	_ = f.setFiles(ctx, i, []string{}) // the field may be gone, or not let itself be emptied
	now, err := f.shown(ctx, i)
	if _, plain := ordinary(err); err != nil && !plain {
		return err
	}
	if len(now.Texts) > 0 {
		return refuse("%s；页面上还列着“%s”，它没有上传，请在页面上移除", why.Error(), strings.Join(now.Texts, "、"))
	}
	return why
}

// uploading is what a page shows of the files of a field.
type uploading struct {
	Names  []string
	Busy   bool
	Waits  bool   // it shows a progress that has not begun
	Failed string // what it says against them
	Answer string // a refusal that the page got of the server since they were chosen, for whatever
}

// arrived waits until the page shows the files and nothing is being sent any more.
func (f *filler) arrived(ctx context.Context, i int, up *upload, names []string) error {
	l := f.words.Limits
	began := time.Now()
	for limit := l.Upload; time.Since(began) < ms(limit); {
		if err := pause(ctx, ms(80)); err != nil {
			return err
		}
		if up.asking() {
			began = time.Now()
			continue
		}
		if limit = l.Upload; up.open() {
			limit = l.Sending
		}
		s, err := call[uploading](ctx, f, "uploading", i)
		if err != nil {
			return err
		}
		if err := up.outcome(cmp.Or(s.Failed, s.Answer), ms(l.Settle)); err != nil {
			return err
		}
		there := !slices.ContainsFunc(names, func(n string) bool { return !slices.ContainsFunc(s.Names, func(x string) bool { return same(x, n) }) })
		if there && !s.Busy && (!s.Waits || up.collected(3*ms(l.Late))) && up.quiet(ms(l.Quiet)) {
			return nil
		}
	}
	return refuse("等了 %d 秒，页面没有显示文件已上传", int(time.Since(began).Seconds()))
}

// upload is what becomes of the files of one field. Its methods are called from the page's goroutines too.
type upload struct {
	field int
	paths []string
	first [][]byte // how the files begin
	small int      // the size of the smallest
	most  int      // a body of this size is taken for a file whatever it holds
	agree func() bool
	once  sync.Once

	mu      sync.Mutex
	chosen  time.Time // when the page got the last of them
	over    bool      // it is too late to agree
	waiting bool      // for the caller's word
	agreed  bool
	denied  bool
	under   int // requests that were let pass and have not ended
	sent    int // requests that ended well
	failed  string
	last    time.Time // when something last happened
}

func (f *filler) watchUpload(i int, paths []string) (*upload, error) {
	up := &upload{field: i, paths: paths, most: f.words.Limits.Body, last: time.Now()}
	name := f.asks[i].Name()
	up.agree = func() bool { return f.o.Upload != nil && f.o.Upload(name, paths) }
	for n, path := range paths {
		begin, size, err := beginning(path)
		if err != nil {
			return nil, refuse("读不了文件“%s”", filepath.Base(path))
		}
		if up.first = append(up.first, begin); n == 0 || size < up.small {
			up.small = size
		}
	}
	return up, nil
}

// beginning reads the first bytes of a file, as many as say something when they are found elsewhere.
func beginning(path string) ([]byte, int, error) {
	const enough = 48 // a multiple of three: its base64 is a part of the base64 of the whole
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		return nil, 0, fmt.Errorf("%s is a folder", path)
	}
	begin := make([]byte, min(enough, info.Size()))
	_, err = file.Read(begin)
	if len(begin) == 0 {
		err = nil
	}
	return begin, int(info.Size()), err
}

// carries reports whether a request takes a file along: by its type, by what it holds, by its size.
func (u *upload) carries(r browser.Request) bool {
	if !r.HasBody && len(r.Body) == 0 {
		return false
	}
	kind := ""
	for name, value := range r.Headers {
		if strings.EqualFold(name, "Content-Type") {
			kind = strings.ToLower(value)
		}
	}
	fields := strings.HasPrefix(kind, "multipart/form-data") && !bytes.Contains(r.Body, []byte("filename=")) // and no file among them
	textual := fields || strings.HasPrefix(kind, "application/json") || strings.HasPrefix(kind, "application/x-www-form-urlencoded") || strings.HasPrefix(kind, "text/")
	if !textual || len(r.Body) == 0 || len(r.Body) >= max(u.small, u.most) {
		return true
	}
	return u.holds(r.Body)
}

// names reports whether a body says the name of one of the files.
func (u *upload) names(body []byte) bool {
	return slices.ContainsFunc(fileNames(u.paths), func(name string) bool {
		return bytes.Contains(body, []byte(name)) || bytes.Contains(body, []byte(url.PathEscape(name)))
	})
}

// holds reports whether a body has the beginning of a file in it.
func (u *upload) holds(body []byte) bool {
	return slices.ContainsFunc(u.first, func(begin []byte) bool {
		return len(begin) > 8 && (bytes.Contains(body, begin) || bytes.Contains(body, []byte(base64.StdEncoding.EncodeToString(begin[:len(begin)/3*3]))))
	})
}

// let asks the caller, once, and reports whether a request with the files may pass; that is then under way.
func (u *upload) let() bool {
	u.set(func() { u.waiting = true })
	u.once.Do(func() {
		yes := !u.read(func() bool { return u.over }) && u.agree()
		u.set(func() { u.agreed = yes && !u.over; u.denied = !u.agreed })
	})
	pass := false
	u.set(func() {
		if u.waiting, pass = false, u.agreed; pass {
			u.under++
		}
	})
	return pass
}

// end has nothing pass any more that was not agreed to by now, and says what stands against the files by now.
func (u *upload) end() string {
	why := ""
	u.set(func() {
		if u.over = true; u.waiting || u.under > 0 {
			why = "文件还在上传，不知道有没有传到，请在页面上核对"
		}
	})
	if err := u.outcome("", 0); err != nil {
		why = err.Error()
	}
	return why
}

// ended hears how a request that was let pass came out.
func (u *upload) ended(status int) {
	u.set(func() {
		switch u.under--; {
		case status == 0:
			u.failed = "上传的连接断了"
		case status >= 400:
			u.failed = fmt.Sprintf("服务器回答 %d", status)
		default:
			u.sent++
		}
	})
}

func (u *upload) set(change func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	change()
	u.last = time.Now()
}

func (u *upload) read(what func() bool) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return what()
}

func (u *upload) asking() bool  { return u.read(func() bool { return u.waiting }) }
func (u *upload) refused() bool { return u.read(func() bool { return u.denied }) }
func (u *upload) open() bool    { return u.read(func() bool { return u.waiting || u.under > 0 }) }

func (u *upload) finished() bool { return u.read(func() bool { return u.sent >= len(u.paths) }) }

// settled reports whether nothing is under way, and the files were sent or the page had them so long that it does not send
// them.
func (u *upload) settled(enough time.Duration) bool {
	return u.read(func() bool {
		return !u.waiting && u.under == 0 && (u.sent >= len(u.paths) || time.Since(u.chosen) > enough)
	})
}

// collected reports whether the page had the files so long without sending anything that it only collects them, though it
// shows a progress.
func (u *upload) collected(enough time.Duration) bool {
	return u.read(func() bool { return !u.waiting && u.under == 0 && u.sent == 0 && time.Since(u.chosen) > enough })
}

// quiet reports whether nothing is under way, and nothing has happened for a while, or the files have been sent.
func (u *upload) quiet(enough time.Duration) bool {
	return u.read(func() bool {
		return !u.waiting && u.under == 0 && (u.sent >= len(u.paths) || time.Since(u.last) > enough)
	})
}

// outcome is what stands against the upload by now, with what the page says of it; for that it waits a moment.
func (u *upload) outcome(said string, moment time.Duration) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case u.denied:
		return refuse("选择文件后页面要自动上传，没有得到同意，程序拦下了，文件没有上传")
	case u.under > 0 || u.waiting || u.failed != "" && said == "" && time.Since(u.last) < moment:
		return nil
	case u.failed != "" && said != "":
		return refuse("上传没有成功：%s；页面说：%s", u.failed, said)
	case u.failed != "":
		return refuse("上传没有成功：%s", u.failed)
	case said != "":
		return refuse("页面说：%s", said)
	}
	return nil
}

func fileNames(paths []string) []string {
	var names []string
	for _, p := range paths {
		names = append(names, filepath.Base(p))
	}
	return names
}
