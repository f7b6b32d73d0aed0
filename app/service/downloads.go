package service

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/material"
	"shangjiatong/app/tracking"
)

// Downloads gives out what the pages offer for saving. A download is named by a path:
//
//	package/<id>                 a finished package
//	material/<app>/<material>    one material as it now is
//	snippet/<app>/<stack>        the tracking code as a zip
//	journal/<app or all>         the journal as a spreadsheet
//	proof/<app>/<proof>          the original of a proof
//	template/<material>          the program's own template
//	todo/ics[/<app>]             the due dates of this machine's list as a calendar file
//	intake/template              the empty table for Imports
//	report/weekly/<day>/<format>[/<app>]
//	report/period/<from>/<to>/<format>[/<app>]
//	check/<check>/<format>       the report of a check of the tracking code
//	report/letter/<case or app>  the letter of FLOW-7
//	picture/<SHA-256>            a picture of a page that was kept
//	receipt/<receipt>/<number>   a picture of a receipt, from 0
type Downloads struct{ *core }

// Open opens a download; size is in bytes. The caller closes body.
func (s *Downloads) Open(ctx context.Context, id string) (name string, size int64, body io.ReadCloser, err error) {
	parts := strings.Split(id, "/")
	if parts[0] == "report" {
		return inMemory((&Reports{s.core}).file(ctx, parts[1:]))
	}
	if len(parts) == 2 {
		parts = append(parts, "")
	}
	if len(parts) != 3 {
		return "", 0, nil, noDownload(id)
	}
	switch parts[0] {
	case "package":
		return s.packageFile(ctx, parts[1])
	case "material":
		return inMemory((&Packages{s.core}).One(ctx, parts[1], parts[2]))
	case "snippet":
		return inMemory((&Tracking{s.core}).Zip(ctx, parts[1], tracking.Stack(parts[2])))
	case "check":
		return inMemory((&Tracking{s.core}).Report(ctx, parts[1], parts[2]))
	case "journal":
		return s.journalFile(ctx, strings.TrimPrefix(parts[1], "all"))
	case "proof":
		return (&Cases{s.core}).ProofFile(ctx, parts[1], parts[2])
	case "picture":
		return s.pictureNamed(parts[1])
	case "receipt":
		return (&Receipts{s.core}).picture(ctx, parts[1], parts[2])
	case "intake":
		return inMemory((&Imports{s.core}).Template(ctx))
	case "todo":
		return inMemory((&Todo{s.core}).ICS(ctx, TodoFilter{App: parts[2]}))
	case "template":
		body, err := material.DefaultTemplate(parts[1])
		return inMemory(parts[1]+".docx", body, err)
	}
	return "", 0, nil, noDownload(id)
}

func noDownload(id string) error {
	return listing.Failf(listing.CodeNotFound, "请从页面里重新打开", "没有文件“%s”", id)
}

func inMemory(name string, body []byte, err error) (string, int64, io.ReadCloser, error) {
	return name, int64(len(body)), io.NopCloser(bytes.NewReader(body)), err
}

func (s *Downloads) packageFile(ctx context.Context, id string) (string, int64, io.ReadCloser, error) {
	at, err := (&Packages{s.core}).Where(ctx, id)
	if err != nil {
		return "", 0, nil, err
	}
	f, err := os.Open(at.Path)
	if err != nil {
		return "", 0, nil, listing.Failf(listing.CodeUnreadable, "请重新生成", "读不了“%s”", at.Path).Because(err)
	}
	return at.Name, at.Size, f, nil
}

func (s *Downloads) journalFile(ctx context.Context, appID string) (string, int64, io.ReadCloser, error) {
	book, err := (&Journal{s.core}).Workbook(ctx, appID)
	if err != nil {
		return "", 0, nil, err
	}
	var out bytes.Buffer
	err = book.Write(&out)
	return inMemory("变更记录.xlsx", out.Bytes(), err)
}

// Save puts a download into the user's folder for downloads and returns where it lies. The window needs it: there no
// browser saves files. A file of the same name is never written over.
func (s *Downloads) Save(ctx context.Context, id string) (Opened, error) {
	name, size, body, err := s.Open(ctx, id)
	if err != nil {
		return Opened{}, err
	}
	defer func() { _ = body.Close() }()
	f, err := newFile(s.folder(), document.SafeName(name))
	if err != nil {
		return Opened{}, err
	}
	_, err = io.Copy(f, body)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return Opened{}, errors.Join(unwritable(f.Name(), err), os.Remove(f.Name()))
	}
	return Opened{Path: f.Name(), Name: filepath.Base(f.Name()), Size: size}, nil
}

// folder is the user's folder for downloads, or one in the data folder where there is none.
func (s *Downloads) folder() string {
	if home, err := os.UserHomeDir(); err == nil {
		for _, name := range []string{"下载", "Downloads"} {
			dir := filepath.Join(home, name)
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				return dir
			}
		}
	}
	return filepath.Join(s.DataDir, "导出")
}

// newFile makes a file under a name nobody has yet: 名称.docx, 名称（2）.docx …
func newFile(dir, name string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, unwritable(dir, err)
	}
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	for n := 1; n <= 1000; n++ {
		path := filepath.Join(dir, name)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s（%d）%s", stem, n, ext))
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, os.ErrExist) {
			return nil, unwritable(path, err)
		}
	}
	return nil, listing.Failf(listing.CodeConflict, "请清理下载文件夹", "“%s”已经保存过太多次", name)
}
