// What stays when a page falls: the frame, the menu, and a sentence with what to do. A class, since only a class can
// catch what its children throw while they are drawn.

import { Component, type ReactNode } from 'react'
import { Failed } from '../states.tsx'

export class Fallen extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return <Failed error={this.state.error} again={() => this.setState({ error: undefined })} />
  }
}
