package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
	"shangjiatong/store/record"
)

// checker checks one database and notes what it finds in rep.
type checker struct {
	ctx   context.Context
	tx    *bbolt.Tx
	path  string
	known int // the newest schema this program knows
	rep   *Report

	bodies map[recordKey][sha256.Size]byte // what the sound records hold
	broken map[recordKey]bool              // records whose damage is reported already
	refs   map[string]string               // attached file → a record that names it
}

// run returns an error only for what kept it from looking, or when the file is no database of ours.
func (c *checker) run() error {
	c.bodies, c.broken, c.refs = map[recordKey][sha256.Size]byte{}, map[recordKey]bool{}, map[string]string{}
	var meta metaRecord
	err := guard(func() (err error) {
		meta, err = readStoreMeta(c.tx)
		return err
	})
	if err != nil {
		return metaWords(c.path, meta, c.known, err)
	}
	c.rep.Schema = meta.Schema
	if meta.Schema > c.known {
		c.rep.addError(ProblemSchema, c.path, newerSchema(c.path, meta.Schema, c.known))
		return nil
	}
	for _, part := range []func() error{c.pages, c.buckets, c.records, c.journal, c.attached} {
		if err := stopped(c.ctx); err != nil {
			return err
		}
		if err := c.survive(part); err != nil {
			return err
		}
	}
	return nil
}

// survive runs one part of the check; what bbolt panics over is a problem of the file.
func (c *checker) survive(part func() error) error {
	err := guard(part)
	switch listing.CodeOf(err) {
	case "", listing.CodeCanceled, listing.CodeUnreadable:
		return err
	}
	c.rep.add(ProblemPage, c.path, wayOut, "数据文件的内部结构已损坏，部分内容无法读取：%v", err)
	return nil
}

// pages runs bbolt's own check. It works in a goroutine of its own, where a bad page can end the process.
func (c *checker) pages() error {
	for err := range c.tx.Check() {
		c.rep.add(ProblemPage, c.path, wayOut, "数据文件的内部结构有误：%v", err)
	}
	return nil
}

func (c *checker) buckets() error { return hasBuckets(c.tx) }

func (c *checker) records() error {
	root := c.tx.Bucket(bucketRecords())
	if root == nil {
		return nil // buckets has said so
	}
	return root.ForEach(func(name, value []byte) error {
		kind := listing.RecordKind(name)
		b := root.Bucket(name)
		if value != nil || b == nil || kind.Word() == "" {
			c.rep.add(ProblemRecord, string(name), wayOut, "有一类数据本程序不认识：%.40q", name)
			return nil
		}
		c.rep.Records[kind] = 0
		return b.ForEach(func(id, raw []byte) error { return c.record(recordKey{kind, string(id)}, raw) })
	})
}

func (c *checker) record(key recordKey, raw []byte) error {
	env, err := record.Decode(string(key.kind), key.id, raw)
	if err == nil && env.Schema > c.rep.Schema {
		err = errors.New("a schema newer than the database's")
	}
	if err != nil {
		c.broken[key] = true
		c.rep.addError(ProblemRecord, key.String(), record.Damaged(key.kind, key.id, err))
		return stopped(c.ctx)
	}
	c.rep.Records[key.kind]++
	c.bodies[key] = sha256.Sum256(env.Body)
	c.collect(key, env.Body)
	return stopped(c.ctx)
}

// collect notes the attached files a record names: objects with the members of listing.Attachment, at any depth.
func (c *checker) collect(key recordKey, body []byte) {
	var v any
	if err := json.Unmarshal(body, &v); err == nil {
		c.walk(key, v)
	}
}

func (c *checker) walk(key recordKey, v any) {
	switch v := v.(type) {
	case []any:
		for _, part := range v {
			c.walk(key, part)
		}
	case map[string]any:
		_, slot := v["slot"].(string)
		if sum, ok := v["sha256"].(string); ok && slot && isSum(sum) {
			c.refs[sum] = key.String()
		}
		for _, part := range v {
			c.walk(key, part)
		}
	}
}

// journal follows the chain, and compares its outcome with the records and its index.
func (c *checker) journal() error {
	b := c.tx.Bucket(bucketJournal())
	if b == nil {
		return nil
	}
	t := &trail{latest: map[recordKey][]byte{}, apps: map[uint64]string{}}
	err := b.ForEach(func(key, raw []byte) error {
		if err := t.step(key, raw); err != nil {
			where := "journal"
			if len(key) == 8 {
				where = "journal/" + seqID(binary.BigEndian.Uint64(key))
			}
			t.torn = true
			c.rep.add(ProblemJournal, where, wayOut, "日志在此处断开，记录可能被改动或丢失：%v", err)
		} else {
			c.rep.Journal++
		}
		return stopped(c.ctx)
	})
	if err != nil {
		return err
	}
	c.ends(t, b.Sequence())
	if !t.torn {
		c.agree(t)
	}
	return c.index(t)
}

// trail is what the journal says when followed from its first entry.
type trail struct {
	head   journal.Head
	latest map[recordKey][]byte // sum of the body after the last change; nil: removed
	apps   map[uint64]string    // entries that belong to an app
	torn   bool
}

func (t *trail) step(key, raw []byte) error {
	e, err := readEntry(key, raw)
	if err != nil {
		if len(key) == 8 {
			t.head = journal.Head{Seq: binary.BigEndian.Uint64(key)}
		}
		return err
	}
	_, err = journal.Follow(t.head, e)
	if err != nil && t.head.SM3 == "" && t.head.Seq > 0 && e.Seq == t.head.Seq+1 {
		err = nil // the entry before is damaged and reported; its SM3 is not known
	}
	t.head = journal.Head{Seq: e.Seq, SM3: e.SM3}
	if err != nil {
		return err
	}
	if e.AppID != "" {
		t.apps[e.Seq] = e.AppID
	}
	if e.Kind == journal.KindStore {
		return nil
	}
	t.latest[recordKey{e.Kind, e.ID}] = nil
	if e.After != nil {
		sum := sha256.Sum256(e.After)
		t.latest[recordKey{e.Kind, e.ID}] = sum[:]
	}
	return nil
}

// ends compares the last entry with what the database says is the last one, so that a lost end shows.
func (c *checker) ends(t *trail, sequence uint64) {
	head, err := readHead(c.tx)
	if err == nil && head == t.head && sequence == head.Seq {
		return
	}
	t.torn = true
	c.rep.add(ProblemJournal, "journal/"+seqID(t.head.Seq), wayOut,
		"日志结尾与登记不符：最后一条是第 %d 条，登记为第 %d 条", t.head.Seq, head.Seq)
}

// agree compares the records with what the journal says they must be: a page of an older state can be sound in itself.
func (c *checker) agree(t *trail) {
	for key, sum := range c.bodies {
		want, known := t.latest[key]
		if !known || !bytes.Equal(sum[:], want) {
			c.rep.add(ProblemJournal, key.String(), wayOut, "%s的内容与日志中最后一次修改不符", record.Name(key.kind, key.id))
		}
	}
	for key, want := range t.latest {
		if _, have := c.bodies[key]; want != nil && !have && !c.broken[key] {
			c.rep.add(ProblemJournal, key.String(), wayOut, "%s在日志中有记载，数据却不见了", record.Name(key.kind, key.id))
		}
	}
}

// index checks the index of the journal by app.
func (c *checker) index(t *trail) error {
	b := c.tx.Bucket(bucketByApp())
	if b == nil {
		return nil
	}
	found := 0
	err := b.ForEach(func(key, _ []byte) error {
		app, seq, ok := splitAppKey(key)
		if !ok || (t.apps[seq] != app && !t.torn) {
			c.rep.add(ProblemJournal, "by_app", wayOut, "日志索引中有一项不指向任何记录：%.80q", key)
		}
		found++
		return stopped(c.ctx)
	})
	if err == nil && found != len(t.apps) && !t.torn {
		c.rep.add(ProblemJournal, "by_app", wayOut, "日志索引有 %d 项，应有 %d 项", found, len(t.apps))
	}
	return err
}

func splitAppKey(key []byte) (app string, seq uint64, ok bool) {
	at := len(key) - 9
	if at < 1 || key[at] != 0 {
		return "", 0, false
	}
	return string(key[:at]), binary.BigEndian.Uint64(key[at+1:]), true
}

// attached checks the files beside a database in its data folder. Snapshots have none beside them.
func (c *checker) attached() error {
	if !strings.HasPrefix(filepath.Base(c.path), DatabaseName) {
		return nil
	}
	dir := filepath.Join(filepath.Dir(c.path), blobsName)
	sound, err := c.blobFiles(dir)
	if err != nil {
		return err
	}
	for sum, by := range c.refs {
		if _, seen := sound[sum]; !seen {
			c.rep.add(ProblemBlob, by, "请从原件重新添加该附件", "%s 的附件文件 %s 不见了", by, sum)
		}
	}
	return nil
}

// blobFiles hashes every attached file and returns which there are; a changed one is in the result with false.
func (c *checker) blobFiles(dir string) (map[string]bool, error) {
	seen := map[string]bool{}
	shards, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, readFailed(dir, err)
	}
	for _, shard := range shards {
		if !shard.IsDir() {
			continue // a temporary file, swept at the next start
		}
		files, err := os.ReadDir(filepath.Join(dir, shard.Name()))
		if err != nil {
			return nil, readFailed(dir, err)
		}
		for _, f := range files {
			if err := c.blobFile(filepath.Join(dir, shard.Name(), f.Name()), seen); err != nil {
				return nil, err
			}
		}
	}
	return seen, nil
}

func (c *checker) blobFile(path string, seen map[string]bool) error {
	if err := stopped(c.ctx); err != nil {
		return err
	}
	sum := filepath.Base(path)
	if !isSum(sum) || filepath.Base(filepath.Dir(path)) != sum[:2] {
		c.rep.add(ProblemBlob, path, "请确认后把它移出该文件夹", "附件文件夹中有不属于它的文件 %s", path)
		return nil
	}
	have, err := hashFile(path)
	seen[sum] = err == nil && have == sum
	if seen[sum] {
		c.rep.Blobs++
		return nil
	}
	c.rep.add(ProblemBlob, path, "请从原件重新添加该附件，内容相同即自动修复", "附件文件 %s 的内容已改变或无法读取", path)
	return nil
}

// writerTo adapts a source to what package disk fills files with.
func writerTo(ctx context.Context, s source) func(io.Writer) error {
	return func(w io.Writer) error { return s.WriteTo(ctx, w) }
}
