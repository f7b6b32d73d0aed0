package service

import "shangjiatong/app/portal/recipe"

// recipes returns the recipes of the portals' pages.
func (c *core) recipes() ([]recipe.Recipe, error) { return recipe.Embedded() }
