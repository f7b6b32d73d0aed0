package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/pkg/browser"
	"gopkg.in/natefinch/lumberjack.v2"

	"shangjiatong/app/cli"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/vault"
	"shangjiatong/store"
)

// program is what all faces are built from.
type program struct {
	pages fs.FS
	exe   string // our own binary, which checks doubtful databases in a child process; empty checks in this one
}

// desk is one data folder with the services over it.
type desk struct {
	*service.Services
	dir   string
	place *service.Workplace
	log   *lumberjack.Logger
}

// dataDir returns the folder the person named, or the usual one of the system.
func dataDir(given string) (string, error) {
	if given != "" {
		return filepath.Abs(given)
	}
	base, err := os.UserConfigDir()
	if err != nil {
		return "", listing.Fail(listing.CodeInvalid, "找不到用户目录", "请用 --data 指定数据文件夹").Because(err)
	}
	return filepath.Join(base, "shangjiatong"), nil
}

// clock returns the machine's clock, or a fixed one.
func clock(fixed string) (func() time.Time, error) {
	if fixed == "" {
		return time.Now, nil
	}
	at, err := time.Parse(time.RFC3339, fixed)
	if err != nil {
		return nil, listing.Failf(listing.CodeInvalid, "写成 2026-03-02T09:00:00+08:00", "看不懂时间“%s”", fixed).Because(err)
	}
	return func() time.Time { return at }, nil
}

// desk builds the services over a data folder without touching the disk; see desk.open.
func (p *program) desk(o cli.Opening, face string) (*desk, error) {
	dir, err := dataDir(o.Data)
	if err != nil {
		return nil, err
	}
	now, err := clock(o.Now)
	if err != nil {
		return nil, err
	}
	var addresses map[string]string
	if o.Addresses != "" {
		if addresses, err = service.ReadAddresses(o.Addresses); err != nil {
			return nil, err
		}
	}
	file := &lumberjack.Logger{Filename: filepath.Join(dir, "logs", "shangjiatong.log"), MaxSize: 5, MaxBackups: 3}
	log := slog.New(slog.NewTextHandler(file, &slog.HandlerOptions{Level: slog.LevelWarn}))
	d := &desk{dir: dir, place: service.NewWorkplace(p.storeOptions(dir, now, log)), log: file}
	d.Services, err = service.New(service.Environment{
		Workplace: d.place, Version: Version, Face: face, DataDir: dir, Clock: now, Log: log, By: o.By, Addresses: addresses,
		Browse: browser.OpenURL, Vault: opener(dir, o),
	})
	return d, err
}

// storeOptions are the store's options for a data folder.
func (p *program) storeOptions(dir string, now func() time.Time, log *slog.Logger) store.Options {
	options := store.Options{Dir: dir, Clock: now, Logger: log}
	if p.exe != "" {
		options.Check = store.ChildCheck(p.exe)
	}
	return options
}

// opener opens the vault when a secret is first needed and keeps it: unlocking the file takes a second, and only one
// dialog of the keyring may be open at a time. In the keyring another store has another vault; the file looks for
// changes itself. An error is not kept.
func opener(dir string, o cli.Opening) func(context.Context) (vault.Vault, error) {
	var mu sync.Mutex
	var kept vault.Vault
	var keptFor string
	return func(ctx context.Context) (vault.Vault, error) {
		mu.Lock()
		defer mu.Unlock()
		options := vault.Options{Dir: dir, Scope: scope(dir), ForceFile: o.FileVault}
		if kept != nil && (kept.Kind() == vault.KindFile || keptFor == options.Scope) {
			return kept, nil
		}
		if o.PassphraseFile != "" {
			options.Passphrase = vault.PassphraseFile(o.PassphraseFile)
		}
		v, err := vault.Open(ctx, options)
		if err != nil {
			return nil, err
		}
		kept, keptFor = v, options.Scope
		return v, nil
	}
}

// close ends what goes on behind the calls, and closes the store and the log.
func (d *desk) close() error {
	d.End()
	return errors.Join(d.place.Close(), d.log.Close())
}

// session opens a data folder for one command.
func (p *program) session(ctx context.Context, o cli.Opening) (*cli.Session, error) {
	d, err := p.desk(o, "command")
	if err != nil {
		return nil, err
	}
	if !o.Detached {
		if err := d.place.Open(ctx); err != nil {
			return nil, errors.Join(err, d.close())
		}
	}
	return &cli.Session{Services: d.Services, Close: d.close}, nil
}

// scope keeps the secrets of data folders apart in the one keyring of a user: the marker beside the database says which
// store this is, also after the folder was moved.
func scope(dir string) string {
	raw, err := os.ReadFile(filepath.Join(dir, store.MarkerName))
	if err != nil {
		return dir
	}
	return strings.TrimSpace(string(raw))
}
