package service

import (
	"context"
	"io"

	"shangjiatong/app/listing"
)

// AddProofs attaches uploaded files and a note to a task of a case, given as in View, without any act; a later act of
// the task finds them.
func (s *Cases) AddProofs(ctx context.Context, appID, task, note string, uploads []string) (CaseView, error) {
	files, err := s.uploaded(uploads)
	if err != nil {
		return CaseView{}, err
	}
	id, key, err := s.subject(ctx, appID)
	if err != nil {
		return CaseView{}, err
	}
	proofs, err := s.proofs(ctx, ActRequest{AppID: id, Task: task, Note: note}, files)
	if err != nil {
		return CaseView{}, err
	}
	if len(proofs) == 0 {
		return CaseView{}, listing.Fail(listing.CodeInvalid, "没有给出依据", "请选择文件、粘贴图片，或写一句说明")
	}
	err = s.change(ctx, "添加办结依据 "+task, id, func(w listing.Writer) error {
		run, err := s.startedCase(w, key)
		if err != nil {
			return err
		}
		if !run.state.Plan.Has(task) {
			return listing.Failf(listing.CodeNotFound, "请从事项页面添加", "这个办件没有事项“%s”", task)
		}
		run.kase.Proofs = append(run.kase.Proofs, proofs...)
		return w.Put(run.kase)
	})
	if err != nil {
		return CaseView{}, err
	}
	for _, token := range uploads {
		s.uploads.drop(token)
	}
	return s.View(ctx, key)
}

// uploaded returns the complete uploads behind tokens.
func (c *core) uploaded(tokens []string) ([]ProofFile, error) {
	var files []ProofFile
	for _, token := range tokens {
		up, err := c.uploads.finished(token)
		if err != nil {
			return nil, err
		}
		files = append(files, ProofFile{Name: up.name, Path: up.path})
	}
	return files, nil
}

// ProofFile returns the original of a proof, byte for byte, with its name.
func (s *Cases) ProofFile(ctx context.Context, appID, proof string) (name string, size int64, body io.ReadCloser, err error) {
	view, err := s.View(ctx, appID)
	if err != nil {
		return "", 0, nil, err
	}
	for _, p := range view.Proofs {
		if p.ID != proof || p.File == nil {
			continue
		}
		blobs, err := s.Workplace.Blobs()
		if err != nil {
			return "", 0, nil, err
		}
		body, err := blobs.Open(p.File.SHA256)
		return p.File.Name, p.File.Size, body, err
	}
	return "", 0, nil, listing.Fail(listing.CodeNotFound, "没有这份依据的文件", "请从事项页面打开")
}
