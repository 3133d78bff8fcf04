import {
  IconLayoutGrid,
  IconListDetails,
  IconMovie,
  IconPhotoVideo,
  IconSlideshow,
} from '@tabler/icons-react';
import type { BatchKind } from '../api/types';

/** The picture of each kind of batch, the same wherever it stands. */
export const KIND_ICONS: Record<BatchKind, typeof IconMovie> = {
  pipeline: IconPhotoVideo,
  variant: IconLayoutGrid,
  scenes: IconListDetails,
  storyboard: IconMovie,
  slideshow: IconSlideshow,
};
