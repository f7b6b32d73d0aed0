package app

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/material"
	"shangjiatong/app/service"
	"shangjiatong/app/tracking"
	"shangjiatong/app/web"
)

// downloads opens what the pages offer for saving: package/<id>, material/<app>/<material>, snippet/<app>/<stack>,
// journal/<app or all>, proof/<app>/<proof>, template/<material>.
func downloads(s *service.Services) web.FilesFunc {
	return func(ctx context.Context, id string) (string, int64, io.ReadCloser, error) {
		parts := strings.Split(id, "/")
		switch {
		case len(parts) == 2 && parts[0] == "package":
			return packageFile(ctx, s, parts[1])
		case len(parts) == 3 && parts[0] == "material":
			return inMemory(s.Packages.One(ctx, parts[1], parts[2]))
		case len(parts) == 3 && parts[0] == "snippet":
			return inMemory(s.Tracking.Zip(ctx, parts[1], tracking.Stack(parts[2])))
		case len(parts) == 2 && parts[0] == "journal":
			return journalFile(ctx, s, strings.TrimPrefix(parts[1], "all"))
		case len(parts) == 3 && parts[0] == "proof":
			return s.Cases.ProofFile(ctx, parts[1], parts[2])
		case len(parts) == 2 && parts[0] == "template":
			body, err := material.DefaultTemplate(parts[1])
			return inMemory(parts[1]+".docx", body, err)
		}
		return "", 0, nil, listing.Failf(listing.CodeNotFound, "请从页面里重新打开", "没有文件“%s”", id)
	}
}

func inMemory(name string, body []byte, err error) (string, int64, io.ReadCloser, error) {
	return name, int64(len(body)), io.NopCloser(bytes.NewReader(body)), err
}

func packageFile(ctx context.Context, s *service.Services, id string) (string, int64, io.ReadCloser, error) {
	at, err := s.Packages.Where(ctx, id)
	if err != nil {
		return "", 0, nil, err
	}
	f, err := os.Open(at.Path)
	if err != nil {
		return "", 0, nil, listing.Failf(listing.CodeUnreadable, "请重新生成", "读不了“%s”", at.Path).Because(err)
	}
	return at.Name, at.Size, f, nil
}

func journalFile(ctx context.Context, s *service.Services, appID string) (string, int64, io.ReadCloser, error) {
	book, err := s.Journal.Workbook(ctx, appID)
	if err != nil {
		return "", 0, nil, err
	}
	var out bytes.Buffer
	err = book.Write(&out)
	return inMemory("变更记录.xlsx", out.Bytes(), err)
}
