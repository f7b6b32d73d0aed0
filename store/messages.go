package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	berrors "go.etcd.io/bbolt/errors"

	"shangjiatong/app/listing"
	"shangjiatong/store/disk"
)

// wayOut is what to do about a damaged database.
const wayOut = "请不要手工改动该文件；可用 shangjiatong store verify 查看损坏情况，用 shangjiatong store restore 恢复到最近的快照（原文件会移入 quarantine 文件夹，不会删除）"

func damagedFile(path, what string, cause error) error {
	return listing.Failf(listing.CodeDamaged, wayOut, "数据文件 %s %s", path, what).Because(cause)
}

func newerSchema(path string, found, known int) error {
	return listing.Failf(listing.CodeDamaged,
		"请换用较新版本的上架通打开；旧版本不会改动它",
		"数据文件 %s 由更新的版本写成（数据格式 %d，本程序最高支持 %d）", path, found, known)
}

func locked(path string, cause error) error {
	return listing.Failf(listing.CodeLocked,
		"请切换到已打开的上架通窗口，或先关闭它（包括浏览器方式和正在运行的命令）再试",
		"数据文件 %s 正被另一个上架通窗口或进程使用", path).Because(cause)
}

func missing(opts Options) error {
	if what := leftovers(opts); what != "" {
		return listing.Failf(listing.CodeNotFound,
			"请先找回被移走或改名的数据文件；找不回时用 shangjiatong store restore 恢复到最近的快照",
			"数据文件 %s 不见了，而 %s 还在", opts.Path(), what)
	}
	return listing.Failf(listing.CodeNotFound,
		"第一次使用请先新建数据；已有数据时请核对数据文件夹（--data）",
		"数据文件夹 %s 中没有数据文件 %s", opts.Dir, DatabaseName)
}

func exists(opts Options) *listing.Error {
	return listing.Failf(listing.CodeConflict, "请直接打开它，或换一个数据文件夹（--data）",
		"数据文件 %s 已经存在，不能再新建", opts.Path())
}

func wasHere(opts Options, what string) error {
	return listing.Failf(listing.CodeConflict,
		"请先找回被移走或改名的数据文件，或用 shangjiatong store restore 恢复快照；确实要从头开始时请换一个空文件夹",
		"%s 中曾有数据文件（%s 还在），为防丢失不再新建空的", opts.Dir, what)
}

func closed(path string) error {
	return listing.Failf(listing.CodeRefused, "请重新打开程序", "数据文件 %s 已经关闭", path)
}

func canceled(cause error) error {
	return listing.Fail(listing.CodeCanceled, "操作已取消，数据没有改动", "").Because(cause)
}

// writeFailed turns a failure to write below place into words.
func writeFailed(place string, cause error) error {
	var known *listing.Error
	switch {
	case errors.Is(cause, context.Canceled), errors.Is(cause, context.DeadlineExceeded):
		return canceled(cause)
	case errors.As(cause, &known):
		return cause
	case full(cause):
		return listing.Failf(listing.CodeUnwritable, "请在该磁盘上腾出空间后重试；已保存的数据没有受影响",
			"磁盘已满，无法写入 %s", place).Because(cause)
	}
	return listing.Failf(listing.CodeUnwritable, "请检查该位置是否存在、是否有写入权限、磁盘是否正常；已保存的数据没有受影响",
		"无法写入 %s", place).Because(cause)
}

func full(err error) bool {
	return disk.Full(err) || errors.Is(err, berrors.ErrMaxSizeReached)
}

func readFailed(path string, cause error) error {
	return listing.Failf(listing.CodeUnreadable, "请检查是否有读取权限、磁盘是否正常",
		"无法读取 %s", path).Because(cause)
}

// stopped returns CodeCanceled once ctx is done.
func stopped(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return canceled(err)
	}
	return nil
}

func noSnapshot(dir, id string) error {
	return listing.Failf(listing.CodeNotFound, "请核对快照编号；现有快照见 设置 → 快照",
		"没有快照“%s”（%s）", id, filepath.Join(dir, fmt.Sprintf("%s.db", id)))
}
