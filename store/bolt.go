package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"shangjiatong/app/listing"
)

// pageSize is the same on every machine, so that a database can be carried to one with larger memory pages.
const pageSize = 4096

// access says how openBolt opens a file.
type access struct {
	readOnly bool
	maxSize  int // 0: no limit
}

// openBolt opens an existing file with bbolt and returns, too, which file that is. It never creates one, and whatever
// bbolt does over a damaged file, the file is closed and unlocked again.
func openBolt(path string, a access) (*bbolt.DB, fs.FileInfo, error) {
	var file *os.File
	var bolt *bbolt.DB
	err := guard(func() (err error) {
		bolt, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: lockWait, ReadOnly: a.readOnly, MaxSize: a.maxSize, PageSize: pageSize,
			FreelistType: bbolt.FreelistMapType, NoStatistics: true,
			OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
				f, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
				if file == nil {
					file = f
				}
				return f, err
			},
		})
		return err
	})
	if err != nil {
		if file != nil {
			_ = file.Close() // bbolt closed it already, unless it panicked
		}
		return nil, nil, openFailed(path, err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, nil, errors.Join(readFailed(path, err), bolt.Close())
	}
	return bolt, info, nil
}

func openFailed(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return locked(path, err)
	case errors.Is(err, fs.ErrPermission):
		return listing.Failf(listing.CodeUnwritable, "请确认当前用户对数据文件夹有读写权限",
			"没有权限读写数据文件 %s", path).Because(err)
	case full(err):
		return writeFailed(path, err)
	}
	return damagedFile(path, "无法打开，可能已损坏", err)
}

// inspect says what is wrong with a database file before bbolt touches it.
func inspect(ctx context.Context, path string) error {
	if err := stopped(ctx); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return readFailed(path, err)
	}
	if !info.Mode().IsRegular() {
		return damagedFile(path, "不是文件", nil)
	}
	f, err := os.Open(path)
	if err != nil {
		return readFailed(path, err)
	}
	err = checkHeader(f, info.Size())
	if closed := f.Close(); err == nil && closed != nil {
		err = readFailed(path, closed)
	}
	return headerWords(path, err)
}

func headerWords(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errEmpty):
		return damagedFile(path, "是空的（0 字节）", err)
	case errors.Is(err, errForeign):
		return damagedFile(path, "不是上架通的数据文件", err)
	case errors.Is(err, errTruncated):
		return damagedFile(path, "不完整，尾部缺失", err)
	case errors.Is(err, errHeader):
		return damagedFile(path, "的文件头已损坏", err)
	}
	return err
}

// closeBolt closes bolt, which may be nil.
func closeBolt(bolt *bbolt.DB) error {
	if bolt == nil {
		return nil
	}
	if err := guard(bolt.Close); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}
